<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>The administrator of this computer allows only the servers of this list.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
