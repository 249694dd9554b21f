<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>  or  </source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;1 tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;2 tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;4 tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;6 tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;9 tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;All in their places</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Calendar…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Cameras</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Change keys…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Clear the tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Copy the picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Cut</source>
            <translation>&amp;قص</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>ت&amp;حرير</translation>
        </message>
        <message>
            <source>&amp;Enlarge the tile, or not any more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Faster</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;ملف</translation>
        </message>
        <message>
            <source>&amp;Find camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Forget in and out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Go to date and time…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;مساعدة</translation>
        </message>
        <message>
            <source>&amp;Keys</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Next tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Panels</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Play / pause</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>ت&amp;شغيل</translation>
        </message>
        <message>
            <source>&amp;Previous tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Reload cameras</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Save clip…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Save layout…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Saved files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Slower</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Tiles</source>
            <translation>ال&amp;خانات</translation>
        </message>
        <message>
            <source>&amp;Timeline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Type in and out…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Verify saved files…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;عرض</translation>
        </message>
        <message>
            <source>&amp;Whole picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>16 &amp;tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>As the &amp;system</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back 1 minute</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Back 5 seconds</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>C&amp;lose saved files</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>C&amp;olours</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Fa&amp;vourite, or not any more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Find &amp;saved file</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forward 1 minute</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forward 5 seconds</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Lan&amp;guage</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mark &amp;in</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mark &amp;out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Newest recordings</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Next event</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Next recording</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>O&amp;pen saved files…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One picture &amp;back</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>One picture f&amp;orward</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Play back&amp;wards / forwards</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Previous event</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Previous recording</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>S&amp;kip stretches without footage</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>S&amp;napshot…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save a &amp;report for whoever helps…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Server's time &amp;zone…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign &amp;in…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign &amp;out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Start of the day</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Timeline: zoom in</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Timeline: zoom out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>To the &amp;next panel</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>To the &amp;previous panel</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} ي {hours} س</translation>
        </message>
        <message>
            <source>{hours} h {minutes:02d} min</source>
            <translation>{hours} س {minutes:02d} د</translation>
        </message>
        <message>
            <source>{minutes} min {seconds:02d} s</source>
            <translation>{minutes} د {seconds:02d} ث</translation>
        </message>
        <message>
            <source>{seconds:.1f} s</source>
            <translation>{seconds:.1f} ث</translation>
        </message>
        <message>
            <source>{size:.0f} B</source>
            <translation>{size:.0f} بايت</translation>
        </message>
        <message>
            <source>{size:.0f} kB</source>
            <translation>{size:.0f} ك.ب</translation>
        </message>
        <message>
            <source>{size:.1f} MB</source>
            <translation>{size:.1f} م.ب</translation>
        </message>
        <message>
            <source>{size:.2f} GB</source>
            <translation>{size:.2f} غ.ب</translation>
        </message>
        <message>
            <source>{size}/s</source>
            <translation>{size}/ث</translation>
        </message>
    </context>
</TS>
