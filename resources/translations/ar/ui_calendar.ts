<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Calendar</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Days of the month</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Earlier (Page Up)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Earlier month</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Later (Page Down)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Later month</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Loading…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No footage in this month</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server did not answer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This server does not say what was recorded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Today</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You may not see this camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no footage</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{day} (this day has {hours:g} hours)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{day}: {length}</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n} days with footage, {length} in all</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
    </context>
</TS>
