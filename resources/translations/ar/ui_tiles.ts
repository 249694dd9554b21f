<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Close this camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Connection lost. Reconnecting…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Double-click a camera in the list to watch it here.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>End of the recordings</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ended</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Failed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Free tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Loading</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No footage</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No footage at this time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Paused</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Playing</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Playing backwards</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Preview</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reason: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Reconnecting</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This camera cannot be played</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{count} lost</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{note} ({reason})</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{reached} of {asked}</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
