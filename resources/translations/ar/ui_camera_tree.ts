<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Do not show {server} here any more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in to {server}</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
