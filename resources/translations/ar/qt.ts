<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Something went wrong inside the program.</source>
            <translation>حدث خطأ داخل البرنامج.</translation>
        </message>
    </context>
</TS>
