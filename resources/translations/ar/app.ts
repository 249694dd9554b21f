<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Not signed in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Signing in…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The language changes when the program is started again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The saved password does not work any more.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
