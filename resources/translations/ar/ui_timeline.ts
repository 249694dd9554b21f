<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>, </source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Being saved by {who}, {time}: {file}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Event</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How much time is visible</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Legend: {looks}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Motion</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No answer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No footage: {reason}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not allowed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not loaded yet</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a camera to see what was recorded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Out {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Out {time}  ({length})</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Picture under the pointer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Recorded on motion</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved by {who}, {time}: {file}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved, but not all that was asked for by {who}, {time}: {file}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show the playhead</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show {duration}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>You may not see this</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Zoom out (-)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>camera offline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>database error</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>deleted after the retention period</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>deleted by an administrator</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>network error</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>nothing moved</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>recording was off</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>server storage was full</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{days} d</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{event} at {time}</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
