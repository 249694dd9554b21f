<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>&amp;All listed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Browse…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Format</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Gaps</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;In</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Package</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Quality</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Way</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>+10m counts from the start</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>, </source>
            <comment>between names</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>24/10/2025 10:00   10:15   yesterday 14:05   2025-10-24T10:00:00Z
A whole range may be pasted, too: 10:00 - 10:15</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>; </source>
            <comment>between gaps</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A burned-in text makes the server encode every picture again: {cost}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A file for each stretch without a gap</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>AVI</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>All</source>
            <comment>recorded</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Also volumes for Blu-ray (25 GB)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Also volumes for DVD (4.7 GB)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Also volumes for FAT32 (4 GiB)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Another quality makes the server encode every picture again: {cost}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>As &amp;shown</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>تلقائي</translation>
        </message>
        <message>
            <source>Burn a &amp;text into the picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cameras to save</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Download now</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Export on the server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Fetching takes about {time}, and links end 24 hours after the server has finished. What ends first is fetched first; what has expired has to be asked for again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File &amp;names</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>File names</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Files</source>
            <translation>الملفات</translation>
        </message>
        <message>
            <source>Find a camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>First</source>
            <comment>picture</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Fo&amp;lder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Folder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>From</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>High</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Include s&amp;ound</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Insert a placeholder</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Insert a placeholder: {field}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Last</source>
            <comment>picture</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Looking at the folder…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Low</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>MKV</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>MP4 (plays everywhere)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Medium</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name of the folder for several files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>لا إجابة</translation>
        </message>
        <message>
            <source>No camera is chosen</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No camera is chosen. Tick at least one in the list.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nobody fills in {field}: it is burned in as it stands.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Non&amp;e</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing</source>
            <comment>recorded</comment>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded by {names}: left out.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded in this time. Choose another range.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>O&amp;ut</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One file goes into the folder itself</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One file; the time jumps where nothing was recorded</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Only of the first {n} cameras it is looked up what they recorded; size and time leave the others' gaps out of account.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Original, untouched</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sa&amp;ve</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save recordings</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Si&amp;ze</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Te&amp;xt</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Text</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The drive is FAT32 and holds no file above 4 GiB; sizes are not all known.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The drive is FAT32: a file that becomes larger than 4 GiB cannot be saved there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The files get a folder of their own with an index page.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The folder does not answer. Its network drive may be away; choose another folder.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The range is not complete. Write where it begins and ends.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server prepares {n} at a time; the others wait here for their turn.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The system does not say how much is free there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>To</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>غير معروف</translation>
        </message>
        <message>
            <source>Volumes are written beside the whole file: twice its room.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What saving will take</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Whole files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as measured here lately, about {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>how long it is</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>more than {size}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>often 1 to 8 minutes for 10 minutes of video</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>size not known</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the camera's name</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the day</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>the time, written by the server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>time not known yet</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>when it begins, with the offset from UTC</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>when it ends</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>who saves it</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{end}  —  {length}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{files}, {size}, {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{free} are free there, of which other jobs need {needed}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{free} are free there.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{moment} ({relation})</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n:,} chosen</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files: {reason}</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} more</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{names} and {n:,} more</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>{names}: recorded as H.265, which not every player shows. Another quality has the server encode it again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{name}   and {n} more</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>{name}: all of it was recorded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name}: looking at what was recorded…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name}: nothing was recorded ({gaps}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name}: the server did not answer what was recorded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name}: this server does not say what was recorded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{name}: you may not see what was recorded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{name}: {percent} % recorded, {n:,} gaps: {gaps}.</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{percent} %, {n:,} gaps</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>{text}   (time as the server writes it)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{title}: {time}</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
