<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Beginning of the recordings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose a lower speed or fewer cameras, then play again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>End of the recordings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install VLC 3 (64 bit) from videolan.org and start again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Install libVLC 3 (Debian, Ubuntu: apt install libvlc5 vlc-plugin-base) and start again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No footage here.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No picture arrived.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded at {time}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Playing stopped by an internal fault.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>See the log.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Skipped to {start}: no footage before</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Skipped {length} without footage</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to the recording server was lost.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The log has the details.</source>
            <translation>التفاصيل في السجل.</translation>
        </message>
        <message>
            <source>The next recording starts at {time}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The player could not play this recording.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The player had stopped; started again at {time}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The player on this computer stopped showing pictures, several times.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The program is ending.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no footage at this time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no picture to step to.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Thinned: this computer cannot decode all pictures at this speed</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>أعد المحاولة لاحقًا.</translation>
        </message>
        <message>
            <source>Try another moment.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Trying again (attempt {attempt}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>libVLC could not be loaded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>libVLC did not start.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>libVLC was not found.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>libVLC {version} is not supported, version 3 is needed.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
