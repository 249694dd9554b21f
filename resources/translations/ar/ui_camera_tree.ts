<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Add to favourites</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Cameras</source>
            <translation>الكاميرات</translation>
        </message>
        <message>
            <source>Close all groups</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Close the file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Close the files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Copy name</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Disabled</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Do not show {server} here any more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Favourite, or not any more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Find camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Find camera (Ctrl+F)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Find camera ({key})</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Groups</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>Kept for {n} days</source>
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
            <source>Loading cameras: {count}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not allowed</source>
            <translation>غير مسموح</translation>
        </message>
        <message>
            <source>Not signed in</source>
            <translation>لم يُسجَّل الدخول</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Oldest recording {oldest}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open all groups</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>Open {n} cameras</source>
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
            <source>Other cameras</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Recently used</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Recording</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Remove from favourites</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved file, not to be relied on</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved file, unchanged</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved files</source>
            <translation>الملفات المحفوظة</translation>
        </message>
        <message>
            <source>Servers</source>
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
        <message>
            <source>Sort cameras by the recording server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sort cameras into the server's groups</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>State unknown</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unknown recording server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unnamed group</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Verify the file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Verify the files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{camera}, {state}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{camera}, {state}, favourite</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{count} found, the first are shown.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{count} found.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{found} of {count}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{fps:g} pictures/s</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n} cameras</source>
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
