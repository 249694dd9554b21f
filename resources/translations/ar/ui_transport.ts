<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>+1m</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>+1s</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>+40ms</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>+5s</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>24/10/2025 10:00   10:15   yesterday 14:05   −30m   2025-10-24T10:00:00Z</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A picture earlier (Shift+Down)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A picture later (Shift+Up)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back 1 minute (Shift+Left)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back 5 seconds (Left)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Calendar: days with footage (C)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Click to type the times and to see the pictures (Ctrl+I)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Date and time (Ctrl+G), for example
{examples}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forget in and out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forward 1 minute (Shift+Right)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forward 5 seconds (Right)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Go</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Go to date and time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Go to this date and time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Half a cut</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In and out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In which time zone is {server}? It is remembered for this server.
Recordings themselves are kept in UTC: this only changes how times are shown.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>In: first picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It is {time} there now, on {day}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mark in (I)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mark out (O)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Next recording (Page Down)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No cut</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No footage here</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not set</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One picture back (,)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One picture forward (.)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One second earlier (Down)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One second later (Up)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Out: last picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Pause (Space)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Play (Space)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Play at {speed} (L faster, J slower)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Play backwards at {speed}, by key pictures (J below the slowest)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Previous recording (Page Up)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save clip…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save what lies between in and out (Ctrl+D)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show times in the server's time zone; it does not say which: choose it once</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show times in {zone}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Skip stretches without footage (G)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Slow</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Slow motion, and backwards</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server's time zone</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The speed that is really reached</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This PC</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type a city of that zone, Dubai for example, or choose one.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type both times, or nudge from where the playhead is.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use this zone</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>YYYY-MM-DD HH:MM:SS</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{end}: picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{moment}  ({relation})</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>−1m</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>−1s</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>−40ms</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>−5s</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
