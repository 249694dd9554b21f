<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>  or  </source>
            <translation>  أو  </translation>
        </message>
        <message>
            <source>&amp;1 tile</source>
            <translation>خانة واحدة (&amp;1)</translation>
        </message>
        <message>
            <source>&amp;2 tiles</source>
            <translation>خانتان (&amp;2)</translation>
        </message>
        <message>
            <source>&amp;4 tiles</source>
            <translation>أربع خانات (&amp;4)</translation>
        </message>
        <message>
            <source>&amp;6 tiles</source>
            <translation>ست خانات (&amp;6)</translation>
        </message>
        <message>
            <source>&amp;9 tiles</source>
            <translation>تسع خانات (&amp;9)</translation>
        </message>
        <message>
            <source>&amp;All in their places</source>
            <translation>&amp;إعادة الكل إلى أماكنها</translation>
        </message>
        <message>
            <source>&amp;Calendar…</source>
            <translation>الت&amp;قويم…</translation>
        </message>
        <message>
            <source>&amp;Cameras</source>
            <translation>ال&amp;كاميرات</translation>
        </message>
        <message>
            <source>&amp;Change keys…</source>
            <translation>&amp;تغيير المفاتيح…</translation>
        </message>
        <message>
            <source>&amp;Clear the tile</source>
            <translation>إ&amp;خلاء الخانة</translation>
        </message>
        <message>
            <source>&amp;Copy the picture</source>
            <translation>&amp;نسخ الصورة</translation>
        </message>
        <message>
            <source>&amp;Cut</source>
            <translation>&amp;قص</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>&amp;داكن</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>ت&amp;حرير</translation>
        </message>
        <message>
            <source>&amp;Enlarge the tile, or not any more</source>
            <translation>ت&amp;كبير الخانة أو إلغاؤه</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>ت&amp;صدير…</translation>
        </message>
        <message>
            <source>&amp;Faster</source>
            <translation>أ&amp;سرع</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;ملف</translation>
        </message>
        <message>
            <source>&amp;Find camera</source>
            <translation>ال&amp;بحث عن كاميرا</translation>
        </message>
        <message>
            <source>&amp;Forget in and out</source>
            <translation>م&amp;سح البداية والنهاية</translation>
        </message>
        <message>
            <source>&amp;Go to date and time…</source>
            <translation>الا&amp;نتقال إلى تاريخ ووقت…</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>م&amp;ساعدة</translation>
        </message>
        <message>
            <source>&amp;Keys</source>
            <translation>ال&amp;مفاتيح</translation>
        </message>
        <message>
            <source>&amp;Layouts</source>
            <translation>&amp;التخطيطات</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>&amp;فاتح</translation>
        </message>
        <message>
            <source>&amp;Next tile</source>
            <translation>الخانة ال&amp;تالية</translation>
        </message>
        <message>
            <source>&amp;Own time for the tile</source>
            <translation>وقت &amp;مستقل للخانة</translation>
        </message>
        <message>
            <source>&amp;Panels</source>
            <translation>اللو&amp;حات</translation>
        </message>
        <message>
            <source>&amp;Play / pause</source>
            <translation>ت&amp;شغيل / إيقاف مؤقت</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>ت&amp;شغيل</translation>
        </message>
        <message>
            <source>&amp;Previous tile</source>
            <translation>الخانة ال&amp;سابقة</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>إن&amp;هاء</translation>
        </message>
        <message>
            <source>&amp;Reload cameras</source>
            <translation>إعادة &amp;تحميل الكاميرات</translation>
        </message>
        <message>
            <source>&amp;Save clip…</source>
            <translation>&amp;حفظ المقطع…</translation>
        </message>
        <message>
            <source>&amp;Save layout…</source>
            <translation>&amp;حفظ التخطيط…</translation>
        </message>
        <message>
            <source>&amp;Saved files</source>
            <translation>الملفات ال&amp;محفوظة</translation>
        </message>
        <message>
            <source>&amp;Slower</source>
            <translation>أ&amp;بطأ</translation>
        </message>
        <message>
            <source>&amp;Tiles</source>
            <translation>ال&amp;خانات</translation>
        </message>
        <message>
            <source>&amp;Timeline</source>
            <translation>ال&amp;خط الزمني</translation>
        </message>
        <message>
            <source>&amp;Type in and out…</source>
            <translation>&amp;كتابة البداية والنهاية…</translation>
        </message>
        <message>
            <source>&amp;Verify saved files…</source>
            <translation>التح&amp;قق من الملفات المحفوظة…</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;عرض</translation>
        </message>
        <message>
            <source>&amp;Whole picture</source>
            <translation>ال&amp;صورة كاملة</translation>
        </message>
        <message>
            <source>16 &amp;tiles</source>
            <translation>ست &amp;عشرة خانة</translation>
        </message>
        <message>
            <source>As the &amp;system</source>
            <translation>حسب ال&amp;نظام</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>رجوع</translation>
        </message>
        <message>
            <source>Back 1 minute</source>
            <translation>دقيقة إلى الوراء</translation>
        </message>
        <message>
            <source>Back 5 seconds</source>
            <translation>خمس ثوانٍ إلى الوراء</translation>
        </message>
        <message>
            <source>C&amp;lose saved files</source>
            <translation>إ&amp;غلاق الملفات المحفوظة</translation>
        </message>
        <message>
            <source>C&amp;olours</source>
            <translation>الأل&amp;وان</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>إلغاء</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>إغلاق</translation>
        </message>
        <message>
            <source>Close message</source>
            <translation>إغلاق الرسالة</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>نسخ</translation>
        </message>
        <message>
            <source>Detach or attach: {panel}</source>
            <translation>فصل أو إرفاق: {panel}</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>التفاصيل</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>ملء ال&amp;شاشة</translation>
        </message>
        <message>
            <source>Fa&amp;vourite, or not any more</source>
            <translation>إضافة إلى الم&amp;فضلة أو إزالة منها</translation>
        </message>
        <message>
            <source>Files are being copied to a drive; a copy that is stopped does not go on by itself.</source>
            <translation>يجري نسخ ملفات إلى قرص؛ والنسخة التي تُوقَف لا تُستأنف تلقائيًا.</translation>
        </message>
        <message>
            <source>Files are on their way</source>
            <translation>هناك ملفات قيد الحفظ</translation>
        </message>
        <message>
            <source>Find &amp;saved file</source>
            <translation>البحث عن ملف &amp;محفوظ</translation>
        </message>
        <message>
            <source>Forward 1 minute</source>
            <translation>دقيقة إلى الأمام</translation>
        </message>
        <message>
            <source>Forward 5 seconds</source>
            <translation>خمس ثوانٍ إلى الأمام</translation>
        </message>
        <message>
            <source>Hide: {panel}</source>
            <translation>إخفاء: {panel}</translation>
        </message>
        <message>
            <source>If you stop, what was fetched stays, and the rest follows when the program is started and somebody signs in again.</source>
            <translation>إذا أوقفت الحفظ يبقى ما تم جلبه، ويُستكمل الباقي عند تشغيل البرنامج وتسجيل الدخول من جديد.</translation>
        </message>
        <message>
            <source>Keep working in the tray</source>
            <translation>متابعة العمل في علبة النظام</translation>
        </message>
        <message>
            <source>Keep working minimised</source>
            <translation>متابعة العمل مصغَّرًا</translation>
        </message>
        <message>
            <source>Lan&amp;guage</source>
            <translation>ال&amp;لغة</translation>
        </message>
        <message>
            <source>Mark &amp;in</source>
            <translation>تحديد ال&amp;بداية</translation>
        </message>
        <message>
            <source>Mark &amp;out</source>
            <translation>تحديد ال&amp;نهاية</translation>
        </message>
        <message>
            <source>NOT VERIFIED</source>
            <translation>لم يُتحقق منه</translation>
        </message>
        <message>
            <source>NOT VERIFIED: somebody between this computer and the server could read the password and change the pictures.</source>
            <translation>لم يُتحقق من الخادم: قد يستطيع طرف بين هذا الحاسوب والخادم قراءة كلمة المرور وتغيير الصور.</translation>
        </message>
        <message>
            <source>Newest recordings</source>
            <translation>أحدث التسجيلات</translation>
        </message>
        <message>
            <source>Next event</source>
            <translation>الحدث التالي</translation>
        </message>
        <message>
            <source>Next recording</source>
            <translation>التسجيل التالي</translation>
        </message>
        <message>
            <source>O&amp;pen saved files…</source>
            <translation>&amp;فتح ملفات محفوظة…</translation>
        </message>
        <message>
            <source>One picture &amp;back</source>
            <translation>صورة واحدة إلى ال&amp;وراء</translation>
        </message>
        <message>
            <source>One picture f&amp;orward</source>
            <translation>صورة واحدة إلى الأ&amp;مام</translation>
        </message>
        <message>
            <source>Play back&amp;wards / forwards</source>
            <translation>التشغيل إلى الوراء / الأمام</translation>
        </message>
        <message>
            <source>Previous event</source>
            <translation>الحدث السابق</translation>
        </message>
        <message>
            <source>Previous recording</source>
            <translation>التسجيل السابق</translation>
        </message>
        <message>
            <source>Quit; files go on next time</source>
            <translation>إنهاء؛ تُستكمل الملفات في المرة القادمة</translation>
        </message>
        <message>
            <source>Recordings carry the server's time. Set the clock of this PC, or tell whoever looks after the server.</source>
            <translation>تحمل التسجيلات وقت الخادم. اضبط ساعة هذا الحاسوب، أو أبلغ المسؤول عن الخادم.</translation>
        </message>
        <message>
            <source>S&amp;kip stretches without footage</source>
            <translation>&amp;تخطي الفترات بلا تسجيل</translation>
        </message>
        <message>
            <source>S&amp;napshot…</source>
            <translation>&amp;لقطة…</translation>
        </message>
        <message>
            <source>S&amp;witch server</source>
            <translation>الت&amp;بديل إلى خادم آخر</translation>
        </message>
        <message>
            <source>Save a &amp;report for whoever helps…</source>
            <translation>حفظ ت&amp;قرير للدعم…</translation>
        </message>
        <message>
            <source>Server's clock is {amount} ahead</source>
            <translation>ساعة الخادم متقدمة بـ {amount}</translation>
        </message>
        <message>
            <source>Server's clock is {amount} behind</source>
            <translation>ساعة الخادم متأخرة بـ {amount}</translation>
        </message>
        <message>
            <source>Server's time &amp;zone…</source>
            <translation>المنطقة ال&amp;زمنية للخادم…</translation>
        </message>
        <message>
            <source>Show cameras of &amp;another server</source>
            <translation>عرض &amp;كاميرات خادم آخر</translation>
        </message>
        <message>
            <source>Show the window</source>
            <translation>إظهار النافذة</translation>
        </message>
        <message>
            <source>Sign &amp;in…</source>
            <translation>تسجيل ال&amp;دخول…</translation>
        </message>
        <message>
            <source>Sign &amp;out</source>
            <translation>تسجيل ال&amp;خروج</translation>
        </message>
        <message>
            <source>Sign in again</source>
            <translation>تسجيل الدخول من جديد</translation>
        </message>
        <message>
            <source>Start of the day</source>
            <translation>بداية اليوم</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>إيقاف</translation>
        </message>
        <message>
            <source>Stop copying</source>
            <translation>إيقاف النسخ</translation>
        </message>
        <message>
            <source>Stop, go on next time</source>
            <translation>إيقاف، والمتابعة في المرة القادمة</translation>
        </message>
        <message>
            <source>The list of jobs could not be opened: if you stop, what is not here yet is forgotten, and has to be ordered again.</source>
            <translation>تعذّر فتح قائمة المهام: إن أوقفت فسيُنسى ما لم يصل بعد، ويجب طلبه من جديد.</translation>
        </message>
        <message>
            <source>The picture was copied.</source>
            <translation>نُسخت الصورة.</translation>
        </message>
        <message>
            <source>There is no picture to copy.</source>
            <translation>لا توجد صورة لنسخها.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>الخط الزمني</translation>
        </message>
        <message>
            <source>Timeline: zoom in</source>
            <translation>الخط الزمني: تكبير</translation>
        </message>
        <message>
            <source>Timeline: zoom out</source>
            <translation>الخط الزمني: تصغير</translation>
        </message>
        <message>
            <source>To the &amp;next panel</source>
            <translation>إلى اللوحة ال&amp;تالية</translation>
        </message>
        <message>
            <source>To the &amp;previous panel</source>
            <translation>إلى اللوحة ال&amp;سابقة</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>الثقة</translation>
        </message>
        <message>
            <source>not encrypted</source>
            <translation>غير مشفَّر</translation>
        </message>
        <message>
            <source>pinned certificate</source>
            <translation>شهادة مثبّتة</translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} ي {hours} س</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} س</translation>
        </message>
        <message>
            <source>{hours} h {minutes:02d} min</source>
            <translation>{hours} س {minutes:02d} د</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} د</translation>
        </message>
        <message>
            <source>{minutes} min {seconds:02d} s</source>
            <translation>{minutes} د {seconds:02d} ث</translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files are on the way or in the queue.</source>
            <translation>
                <numerusform>لا توجد ملفات قيد الحفظ أو في قائمة الانتظار.</numerusform>
                <numerusform>ملف واحد قيد الحفظ أو في قائمة الانتظار.</numerusform>
                <numerusform>ملفان قيد الحفظ أو في قائمة الانتظار.</numerusform>
                <numerusform>{n} ملفات قيد الحفظ أو في قائمة الانتظار.</numerusform>
                <numerusform>{n} ملفًا قيد الحفظ أو في قائمة الانتظار.</numerusform>
                <numerusform>{n:,} ملف قيد الحفظ أو في قائمة الانتظار.</numerusform>
            </translation>
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
            <translation>{size:.0f} ك.بايت</translation>
        </message>
        <message>
            <source>{size:.1f} MB</source>
            <translation>{size:.1f} م.بايت</translation>
        </message>
        <message>
            <source>{size:.2f} GB</source>
            <translation>{size:.2f} ج.بايت</translation>
        </message>
        <message>
            <source>{size:.2f} TB</source>
            <translation>{size:.2f} ت.بايت</translation>
        </message>
        <message>
            <source>{size}/s</source>
            <translation>{size}/ث</translation>
        </message>
    </context>
</TS>
