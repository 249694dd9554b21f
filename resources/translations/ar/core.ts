<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>The end is not after the start.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no time zone named {name!r}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This is not a range.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use an IANA name such as Europe/Copenhagen, Asia/Dubai or UTC.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write 10:00 - 10:15, or 10:00 to +15m.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write 24/10/2025 10:00, 2025-10-24T10:00:00Z, 10:15, yesterday 14:05, or -30m.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write a later time, or +10m.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write it as 2025-10-24T10:00:00Z, 2025-10-24T12:00:00+02:00, or 2025-10-24 12:00 in local time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write {first} for the first or {second} for the second.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Write {first} or {second}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>counted from 1970</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>days</source>
            <comment>typed after a number</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>h</source>
            <comment>typed after a number</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>min</source>
            <comment>typed after a number</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>ms</source>
            <comment>typed after a number</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>now</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>of the day that is shown</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>s</source>
            <comment>typed after a number</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the last {weekday}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>this computer's time zone</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>today</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>weeks</source>
            <comment>typed after a number</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{amount} after now</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{amount} after the playhead</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{amount} after the start</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{amount} before now</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{amount} before the playhead</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{amount} before the start</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{day}, {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{month} {year}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{text!r} is not a time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{text!r} is not a time: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{text!r} is too far away to be a time of recordings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{time} does not exist in {zone}: the clock is put forward then.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{time} happens twice in {zone}: the clock is put back then.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{weekday} {day} {month}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{weekday} {day} {month} {year}</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
