<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>+1m</source>
            <translation>‏+1د</translation>
        </message>
        <message>
            <source>+1s</source>
            <translation>‏+1ث</translation>
        </message>
        <message>
            <source>+40ms</source>
            <translation>‏+40م.ث</translation>
        </message>
        <message>
            <source>+5s</source>
            <translation>‏+5ث</translation>
        </message>
        <message>
            <source>24/10/2025 10:00   10:15   yesterday 14:05   −30m   2025-10-24T10:00:00Z</source>
            <translation>⁦24/10/2025 10:00⁩   ⁦10:15⁩   أمس ⁦14:05⁩   قبل 30 دقيقة   ⁦2025-10-24T10:00:00Z⁩</translation>
        </message>
        <message>
            <source>A picture earlier (Shift+Down)</source>
            <translation>صورة أسبق (Shift+Down)</translation>
        </message>
        <message>
            <source>A picture later (Shift+Up)</source>
            <translation>صورة لاحقة (Shift+Up)</translation>
        </message>
        <message>
            <source>Back 1 minute (Shift+Left)</source>
            <translation>دقيقة إلى الوراء (Shift+Left)</translation>
        </message>
        <message>
            <source>Back 5 seconds (Left)</source>
            <translation>خمس ثوانٍ إلى الوراء (Left)</translation>
        </message>
        <message>
            <source>Calendar: days with footage (C)</source>
            <translation>التقويم: الأيام التي فيها تسجيلات (C)</translation>
        </message>
        <message>
            <source>Click to type the times and to see the pictures (Ctrl+I)</source>
            <translation>انقر لكتابة الأوقات ورؤية الصور (Ctrl+I)</translation>
        </message>
        <message>
            <source>Date and time (Ctrl+G), for example
{examples}</source>
            <translation>التاريخ والوقت، مثلًا (Ctrl+G)
{examples}</translation>
        </message>
        <message>
            <source>Forget in and out</source>
            <translation>مسح البداية والنهاية</translation>
        </message>
        <message>
            <source>Forward 1 minute (Shift+Right)</source>
            <translation>دقيقة إلى الأمام (Shift+Right)</translation>
        </message>
        <message>
            <source>Forward 5 seconds (Right)</source>
            <translation>خمس ثوانٍ إلى الأمام (Right)</translation>
        </message>
        <message>
            <source>Go</source>
            <translation>انتقال</translation>
        </message>
        <message>
            <source>Go to date and time</source>
            <translation>الانتقال إلى تاريخ ووقت</translation>
        </message>
        <message>
            <source>Go to this date and time</source>
            <translation>الانتقال إلى هذا التاريخ والوقت</translation>
        </message>
        <message>
            <source>Half a cut</source>
            <translation>قصّ غير مكتمل</translation>
        </message>
        <message>
            <source>In</source>
            <translation>البداية</translation>
        </message>
        <message>
            <source>In and out</source>
            <translation>البداية والنهاية</translation>
        </message>
        <message>
            <source>In which time zone is {server}? It is remembered for this server.
Recordings themselves are kept in UTC: this only changes how times are shown.</source>
            <translation>في أي منطقة زمنية يقع {server}؟ يُحفظ ذلك لهذا الخادم.
التسجيلات نفسها محفوظة بتوقيت UTC: هذا يغيّر طريقة عرض الأوقات فقط.</translation>
        </message>
        <message>
            <source>In: first picture</source>
            <translation>البداية: أول صورة</translation>
        </message>
        <message>
            <source>It is {time} there now, on {day}.</source>
            <translation>الساعة هناك الآن {time}، بتاريخ {day}.</translation>
        </message>
        <message>
            <source>Mark in (I)</source>
            <translation>تحديد البداية (I)</translation>
        </message>
        <message>
            <source>Mark out (O)</source>
            <translation>تحديد النهاية (O)</translation>
        </message>
        <message>
            <source>Next recording (Page Down)</source>
            <translation>التسجيل التالي (Page Down)</translation>
        </message>
        <message>
            <source>No cut</source>
            <translation>بلا قصّ</translation>
        </message>
        <message>
            <source>No footage here</source>
            <translation>لا توجد تسجيلات هنا</translation>
        </message>
        <message>
            <source>Not set</source>
            <translation>غير محدَّد</translation>
        </message>
        <message>
            <source>One picture back (,)</source>
            <translation>صورة إلى الوراء (,)</translation>
        </message>
        <message>
            <source>One picture forward (.)</source>
            <translation>صورة إلى الأمام (.)</translation>
        </message>
        <message>
            <source>One second earlier (Down)</source>
            <translation>ثانية أسبق (Down)</translation>
        </message>
        <message>
            <source>One second later (Up)</source>
            <translation>ثانية لاحقة (Up)</translation>
        </message>
        <message>
            <source>Out</source>
            <translation>النهاية</translation>
        </message>
        <message>
            <source>Out: last picture</source>
            <translation>النهاية: آخر صورة</translation>
        </message>
        <message>
            <source>Pause (Space)</source>
            <translation>إيقاف مؤقت (Space)</translation>
        </message>
        <message>
            <source>Play (Space)</source>
            <translation>تشغيل (Space)</translation>
        </message>
        <message>
            <source>Play at {speed} (L faster, J slower)</source>
            <translation>التشغيل بسرعة {speed} (L أسرع، J أبطأ)</translation>
        </message>
        <message>
            <source>Play backwards at {speed}, by key pictures (J below the slowest)</source>
            <translation>التشغيل إلى الوراء بسرعة {speed}، بالصور الأساسية (J تحت أبطأ سرعة)</translation>
        </message>
        <message>
            <source>Previous recording (Page Up)</source>
            <translation>التسجيل السابق (Page Up)</translation>
        </message>
        <message>
            <source>Save clip…</source>
            <translation>حفظ المقطع…</translation>
        </message>
        <message>
            <source>Save what lies between in and out (Ctrl+D)</source>
            <translation>حفظ ما بين البداية والنهاية (Ctrl+D)</translation>
        </message>
        <message>
            <source>Show times in the server's time zone; it does not say which: choose it once</source>
            <translation>عرض الأوقات بالمنطقة الزمنية للخادم؛ وهو لا يذكرها: اخترها مرة واحدة</translation>
        </message>
        <message>
            <source>Show times in {zone}</source>
            <translation>عرض الأوقات بتوقيت {zone}</translation>
        </message>
        <message>
            <source>Skip stretches without footage (G)</source>
            <translation>تخطي الفترات بلا تسجيلات (G)</translation>
        </message>
        <message>
            <source>Slow</source>
            <translation>بطيء</translation>
        </message>
        <message>
            <source>Slow motion, and backwards</source>
            <translation>الحركة البطيئة، وإلى الوراء</translation>
        </message>
        <message>
            <source>The server's time zone</source>
            <translation>المنطقة الزمنية للخادم</translation>
        </message>
        <message>
            <source>The speed that is really reached</source>
            <translation>السرعة التي بُلغت فعلًا</translation>
        </message>
        <message>
            <source>This PC</source>
            <translation>هذا الحاسوب</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>المنطقة الزمنية</translation>
        </message>
        <message>
            <source>Type a city of that zone, Dubai for example, or choose one.</source>
            <translation>اكتب مدينة من تلك المنطقة، Dubai مثلًا، أو اخترها.</translation>
        </message>
        <message>
            <source>Type both times, or nudge from where the playhead is.</source>
            <translation>اكتب الوقتين، أو حرّكهما قليلًا من رأس التشغيل.</translation>
        </message>
        <message>
            <source>Use this zone</source>
            <translation>استخدام هذه المنطقة</translation>
        </message>
        <message>
            <source>YYYY-MM-DD HH:MM:SS</source>
            <translation>YYYY-MM-DD HH:MM:SS</translation>
        </message>
        <message>
            <source>{end}: picture</source>
            <translation>{end}: الصورة</translation>
        </message>
        <message>
            <source>{moment}  ({relation})</source>
            <translation>{moment}  ({relation})</translation>
        </message>
        <message>
            <source>−1m</source>
            <translation>‏−1د</translation>
        </message>
        <message>
            <source>−1s</source>
            <translation>‏−1ث</translation>
        </message>
        <message>
            <source>−40ms</source>
            <translation>‏−40م.ث</translation>
        </message>
        <message>
            <source>−5s</source>
            <translation>‏−5ث</translation>
        </message>
    </context>
</TS>
