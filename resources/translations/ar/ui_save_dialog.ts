<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message numerus="yes">
            <source>"Download now" is not possible for {n:,} files: they become exports on the server.</source>
            <translation>
                <numerusform>لا يتعذر "تنزيل الآن" لأي ملف.</numerusform>
                <numerusform>لا يمكن "تنزيل الآن" لملف واحد: يصبح تصديرًا على الخادم.</numerusform>
                <numerusform>لا يمكن "تنزيل الآن" لملفين: يصبحان تصديرين على الخادم.</numerusform>
                <numerusform>لا يمكن "تنزيل الآن" لـ {n:,} ملفات: تصبح تصديرات على الخادم.</numerusform>
                <numerusform>لا يمكن "تنزيل الآن" لـ {n:,} ملفًا: تصبح تصديرات على الخادم.</numerusform>
                <numerusform>لا يمكن "تنزيل الآن" لـ {n:,} ملف: تصبح تصديرات على الخادم.</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;All listed</source>
            <translation>كل ما في ال&amp;قائمة</translation>
        </message>
        <message>
            <source>&amp;Browse…</source>
            <translation>اس&amp;تعراض…</translation>
        </message>
        <message>
            <source>&amp;Format</source>
            <translation>الت&amp;نسيق</translation>
        </message>
        <message>
            <source>&amp;Gaps</source>
            <translation>ال&amp;فجوات</translation>
        </message>
        <message>
            <source>&amp;In</source>
            <translation>ال&amp;بداية</translation>
        </message>
        <message>
            <source>&amp;Package</source>
            <translation>الحز&amp;مة</translation>
        </message>
        <message>
            <source>&amp;Quality</source>
            <translation>الجو&amp;دة</translation>
        </message>
        <message>
            <source>&amp;Way</source>
            <translation>ال&amp;طريقة</translation>
        </message>
        <message>
            <source>+10m counts from the start</source>
            <translation>‏⁦+10m⁩ تُحسب من البداية</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between names</comment>
            <translation>، </translation>
        </message>
        <message>
            <source>24/10/2025 10:00   10:15   yesterday 14:05   2025-10-24T10:00:00Z
A whole range may be pasted, too: 10:00 - 10:15</source>
            <translation>⁦24/10/2025 10:00   10:15   yesterday 14:05   2025-10-24T10:00:00Z⁩
ويمكن لصق مدى كامل أيضًا: ⁦10:00 - 10:15⁩</translation>
        </message>
        <message>
            <source>; </source>
            <comment>between gaps</comment>
            <translation>؛ </translation>
        </message>
        <message>
            <source>A burned-in text makes the server encode every picture again: {cost}.</source>
            <translation>دمج نص في الصورة يجعل الخادم يعيد ترميز كل صورة: {cost}.</translation>
        </message>
        <message>
            <source>A file for each stretch without a gap</source>
            <translation>ملف لكل جزء بلا فجوات</translation>
        </message>
        <message>
            <source>A file for each stretch: saving waits until it is known what was recorded.</source>
            <translation>ملف لكل جزء: ينتظر الحفظ حتى يُعرف ما سُجّل.</translation>
        </message>
        <message>
            <source>AVI</source>
            <translation>AVI</translation>
        </message>
        <message>
            <source>All</source>
            <comment>recorded</comment>
            <translation>الكل</translation>
        </message>
        <message>
            <source>Also volumes for Blu-ray (25 GB)</source>
            <translation>وأجزاء لأقراص Blu-ray (25 GB)</translation>
        </message>
        <message>
            <source>Also volumes for DVD (4.7 GB)</source>
            <translation>وأجزاء لأقراص DVD (4.7 GB)</translation>
        </message>
        <message>
            <source>Also volumes for FAT32 (4 GiB)</source>
            <translation>وأجزاء لنظام FAT32 (4 GiB)</translation>
        </message>
        <message>
            <source>Another quality makes the server encode every picture again: {cost}.</source>
            <translation>الجودة المختلفة تجعل الخادم يعيد ترميز كل صورة: {cost}.</translation>
        </message>
        <message>
            <source>As &amp;shown</source>
            <translation>كما هو مع&amp;روض</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>تلقائي</translation>
        </message>
        <message>
            <source>Burn a &amp;text into the picture</source>
            <translation>&amp;كتابة نص داخل الصورة</translation>
        </message>
        <message>
            <source>Cameras to save</source>
            <translation>الكاميرات المراد حفظها</translation>
        </message>
        <message>
            <source>Download now</source>
            <translation>تنزيل الآن</translation>
        </message>
        <message>
            <source>Export on the server</source>
            <translation>تصدير على الخادم</translation>
        </message>
        <message>
            <source>Fetching takes about {time}, and links end {hours} hours after the server has finished. What ends first is fetched first; what has expired has to be asked for again.</source>
            <translation>يستغرق الجلب نحو {time}، وتنتهي الروابط بعد {hours} ساعة من انتهاء الخادم. يُجلب أولًا ما ينتهي أولًا، وما انتهت صلاحيته يجب طلبه من جديد.</translation>
        </message>
        <message>
            <source>File &amp;names</source>
            <translation>أسماء الم&amp;لفات</translation>
        </message>
        <message>
            <source>File names</source>
            <translation>أسماء الملفات</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>الملفات</translation>
        </message>
        <message>
            <source>Find a camera</source>
            <translation>البحث عن كاميرا</translation>
        </message>
        <message>
            <source>First</source>
            <comment>picture</comment>
            <translation>الأولى</translation>
        </message>
        <message>
            <source>Fo&amp;lder</source>
            <translation>الم&amp;جلد</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>المجلد</translation>
        </message>
        <message>
            <source>From</source>
            <translation>من</translation>
        </message>
        <message>
            <source>High</source>
            <translation>عالية</translation>
        </message>
        <message>
            <source>Include s&amp;ound</source>
            <translation>تضمين الص&amp;وت</translation>
        </message>
        <message>
            <source>Insert a placeholder</source>
            <translation>إدراج عنصر نائب</translation>
        </message>
        <message>
            <source>Insert a placeholder: {field}</source>
            <translation>إدراج عنصر نائب: {field}</translation>
        </message>
        <message>
            <source>It is not known what {names} recorded: one file for each camera and day, whatever gaps it has.</source>
            <translation>لا يُعرف ما سجّلته {names}: ملف واحد لكل كاميرا ويوم، أيًّا كانت فجواته.</translation>
        </message>
        <message>
            <source>It is not known what {names} recorded: one file for each camera, whatever gaps it has.</source>
            <translation>لا يُعرف ما سجّلته {names}: ملف واحد لكل كاميرا، أيًّا كانت فجواته.</translation>
        </message>
        <message>
            <source>Last</source>
            <comment>picture</comment>
            <translation>الأخيرة</translation>
        </message>
        <message>
            <source>Low</source>
            <translation>منخفضة</translation>
        </message>
        <message>
            <source>MKV</source>
            <translation>MKV</translation>
        </message>
        <message>
            <source>MP4 (plays everywhere)</source>
            <translation>MP4 (للجميع)</translation>
        </message>
        <message>
            <source>Medium</source>
            <translation>متوسطة</translation>
        </message>
        <message>
            <source>Name of the folder for several files</source>
            <translation>اسم المجلد عند حفظ عدة ملفات</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>لا إجابة</translation>
        </message>
        <message>
            <source>No camera is chosen</source>
            <translation>لم تُختر أي كاميرا</translation>
        </message>
        <message>
            <source>No camera is chosen. Tick at least one in the list.</source>
            <translation>لم تُختر أي كاميرا. حدد واحدة على الأقل في القائمة.</translation>
        </message>
        <message>
            <source>No picture</source>
            <translation>لا توجد صورة</translation>
        </message>
        <message>
            <source>Nobody fills in {field}: it is burned in as it stands.</source>
            <translation>لا أحد يملأ {field}: سيُكتب كما هو.</translation>
        </message>
        <message>
            <source>Non&amp;e</source>
            <translation>لا &amp;شيء</translation>
        </message>
        <message>
            <source>Nothing</source>
            <comment>recorded</comment>
            <translation>لا شيء</translation>
        </message>
        <message>
            <source>Nothing was recorded</source>
            <translation>لم يُسجَّل شيء</translation>
        </message>
        <message>
            <source>Nothing was recorded by {names}: left out.</source>
            <translation>لم يُسجَّل شيء من {names}: استُبعد.</translation>
        </message>
        <message>
            <source>Nothing was recorded in this time. Choose another range.</source>
            <translation>لم يُسجَّل شيء في هذا الوقت. اختر مدى آخر.</translation>
        </message>
        <message>
            <source>O&amp;ut</source>
            <translation>الن&amp;هاية</translation>
        </message>
        <message>
            <source>One file goes into the folder itself</source>
            <translation>الملف الواحد يوضع في المجلد نفسه</translation>
        </message>
        <message>
            <source>One file; the time jumps where nothing was recorded</source>
            <translation>ملف واحد؛ يقفز الوقت حيث لم يُسجَّل شيء</translation>
        </message>
        <message>
            <source>Only of the first {n} cameras it is looked up what they recorded; size and time leave the others' gaps out of account.</source>
            <translation>لا يُبحث إلا عمّا سجلته أول {n} كاميرا؛ ولا يأخذ الحجم والوقت فجوات الباقي في الحسبان.</translation>
        </message>
        <message>
            <source>Original, untouched</source>
            <translation>الأصلية دون تغيير</translation>
        </message>
        <message>
            <source>Sa&amp;ve</source>
            <translation>&amp;حفظ</translation>
        </message>
        <message>
            <source>Save recordings</source>
            <translation>حفظ التسجيلات</translation>
        </message>
        <message>
            <source>Si&amp;ze</source>
            <translation>الس&amp;عة</translation>
        </message>
        <message>
            <source>Te&amp;xt</source>
            <translation>الن&amp;ص</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>النص</translation>
        </message>
        <message>
            <source>The drive is FAT32 and holds no file above 4 GiB; sizes are not all known.</source>
            <translation>محرك الأقراص بنظام FAT32 ولا يقبل ملفًا أكبر من 4 GiB؛ وليست كل الأحجام معروفة.</translation>
        </message>
        <message>
            <source>The drive is FAT32: a file that becomes larger than 4 GiB cannot be saved there.</source>
            <translation>محرك الأقراص بنظام FAT32: لا يمكن حفظ ملف يتجاوز 4 GiB عليه.</translation>
        </message>
        <message>
            <source>The files get a folder of their own with an index page.</source>
            <translation>توضع الملفات في مجلد خاص بها مع صفحة فهرس.</translation>
        </message>
        <message>
            <source>The folder does not answer. Its network drive may be away; choose another folder.</source>
            <translation>المجلد لا يستجيب. ربما كان محرك الشبكة غير متاح؛ اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>The range ends in the future: what is still to come will be missing.</source>
            <translation>تنتهي المدة في المستقبل: سينقص ما لم يأتِ بعد.</translation>
        </message>
        <message>
            <source>The range is in the future: nothing can have been recorded yet.</source>
            <translation>المدة في المستقبل: لا يمكن أن يكون قد سُجّل شيء بعد.</translation>
        </message>
        <message>
            <source>The range is not complete. Write where it begins and ends.</source>
            <translation>المدى غير مكتمل. اكتب بدايته ونهايته.</translation>
        </message>
        <message>
            <source>The server prepares {n} at a time; the others wait here for their turn.</source>
            <translation>يجهّز الخادم {n} في المرة الواحدة؛ وينتظر الباقي دوره هنا.</translation>
        </message>
        <message>
            <source>The size is not known yet: saving waits until it is known what was recorded.</source>
            <translation>الحجم غير معروف بعد: ينتظر الحفظ حتى يُعرف ما سُجّل.</translation>
        </message>
        <message>
            <source>The system does not say how much is free there.</source>
            <translation>لا يذكر النظام المساحة المتاحة هناك.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>الوقت</translation>
        </message>
        <message>
            <source>To</source>
            <translation>إلى</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>غير معروف</translation>
        </message>
        <message>
            <source>Volumes are written beside the whole file: twice its room.</source>
            <translation>تُكتب الأجزاء إلى جانب الملف الكامل: ضعف مساحته.</translation>
        </message>
        <message>
            <source>What saving will take</source>
            <translation>ما يتطلبه الحفظ</translation>
        </message>
        <message>
            <source>Whole files</source>
            <translation>ملفات كاملة</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>نحو {time}</translation>
        </message>
        <message>
            <source>as measured here lately, about {time}</source>
            <translation>نحو {time} حسب آخر قياس هنا</translation>
        </message>
        <message>
            <source>how long it is</source>
            <translation>مدته</translation>
        </message>
        <message>
            <source>often {least} to {most} minutes for {n} minutes of video</source>
            <translation>غالبًا من {least} إلى {most} دقائق لكل {n} دقائق من الفيديو</translation>
        </message>
        <message>
            <source>size not known</source>
            <translation>الحجم غير معروف</translation>
        </message>
        <message>
            <source>the camera's name</source>
            <translation>اسم الكاميرا</translation>
        </message>
        <message>
            <source>the day</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>the time, written by the server</source>
            <translation>الوقت كما يكتبه الخادم</translation>
        </message>
        <message>
            <source>time not known yet</source>
            <translation>الوقت غير معروف بعد</translation>
        </message>
        <message>
            <source>when it begins, with the offset from UTC</source>
            <translation>وقت البداية مع الفارق عن UTC</translation>
        </message>
        <message>
            <source>when it ends</source>
            <translation>وقت النهاية</translation>
        </message>
        <message>
            <source>who saves it</source>
            <translation>من يحفظه</translation>
        </message>
        <message>
            <source>{amount} after the proposed start</source>
            <translation>بعد البداية المقترحة بـ {amount}</translation>
        </message>
        <message>
            <source>{amount} before the proposed start</source>
            <translation>قبل البداية المقترحة بـ {amount}</translation>
        </message>
        <message>
            <source>{camera} ({where})</source>
            <translation>{camera} ({where})</translation>
        </message>
        <message>
            <source>{end}  —  {length}</source>
            <translation>{end}  —  {length}</translation>
        </message>
        <message>
            <source>{files}, {size}, {time}</source>
            <translation>{files}، {size}، {time}</translation>
        </message>
        <message>
            <source>{free} are free there, of which other jobs need {needed}.</source>
            <translation>المتاح هناك {free}، تحتاج مهام أخرى منه إلى {needed}.</translation>
        </message>
        <message>
            <source>{free} are free there.</source>
            <translation>المتاح هناك {free}.</translation>
        </message>
        <message>
            <source>{moment} ({relation})</source>
            <translation>{moment} ({relation})</translation>
        </message>
        <message numerus="yes">
            <source>{n:,} chosen</source>
            <translation>
                <numerusform>لم تُختر كاميرا</numerusform>
                <numerusform>اختيرت كاميرا واحدة</numerusform>
                <numerusform>اختيرت كاميرتان</numerusform>
                <numerusform>اختيرت {n:,} كاميرات</numerusform>
                <numerusform>اختيرت {n:,} كاميرا</numerusform>
                <numerusform>اختيرت {n:,} كاميرا</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files</source>
            <translation>
                <numerusform>لا ملفات</numerusform>
                <numerusform>ملف واحد</numerusform>
                <numerusform>ملفان</numerusform>
                <numerusform>{n:,} ملفات</numerusform>
                <numerusform>{n:,} ملفًا</numerusform>
                <numerusform>{n:,} ملف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files: {reason}</source>
            <translation>
                <numerusform>لا ملفات: {reason}</numerusform>
                <numerusform>ملف واحد: {reason}</numerusform>
                <numerusform>ملفان: {reason}</numerusform>
                <numerusform>{n:,} ملفات: {reason}</numerusform>
                <numerusform>{n:,} ملفًا: {reason}</numerusform>
                <numerusform>{n:,} ملف: {reason}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} more</source>
            <translation>
                <numerusform>لا مزيد</numerusform>
                <numerusform>وواحدة أخرى</numerusform>
                <numerusform>واثنتان أخريان</numerusform>
                <numerusform>و{n:,} أخرى</numerusform>
                <numerusform>و{n:,} أخرى</numerusform>
                <numerusform>و{n:,} أخرى</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{names} and {n:,} more</source>
            <translation>
                <numerusform>{names}</numerusform>
                <numerusform>{names} وكاميرا أخرى</numerusform>
                <numerusform>{names} وكاميرتان أخريان</numerusform>
                <numerusform>{names} و{n:,} كاميرات أخرى</numerusform>
                <numerusform>{names} و{n:,} كاميرا أخرى</numerusform>
                <numerusform>{names} و{n:,} كاميرا أخرى</numerusform>
            </translation>
        </message>
        <message>
            <source>{names}: recorded as H.265, which not every player shows. Another quality has the server encode it again.</source>
            <translation>{names}: التسجيل بترميز H.265 الذي لا تعرضه كل برامج التشغيل. باختيار جودة أخرى يعيد الخادم ترميزه.</translation>
        </message>
        <message numerus="yes">
            <source>{name}   and {n:,} more</source>
            <translation>
                <numerusform>{name}</numerusform>
                <numerusform>{name}   وملف آخر</numerusform>
                <numerusform>{name}   وملفان آخران</numerusform>
                <numerusform>{name}   و{n:,} ملفات أخرى</numerusform>
                <numerusform>{name}   و{n:,} ملفًا آخر</numerusform>
                <numerusform>{name}   و{n:,} ملف آخر</numerusform>
            </translation>
        </message>
        <message>
            <source>{name}: all of it was recorded.</source>
            <translation>{name}: المدى مسجَّل كله.</translation>
        </message>
        <message>
            <source>{name}: looking at what was recorded…</source>
            <translation>{name}: جارٍ البحث عما سُجِّل…</translation>
        </message>
        <message>
            <source>{name}: nothing was recorded ({gaps}).</source>
            <translation>{name}: لم يُسجَّل شيء ({gaps}).</translation>
        </message>
        <message>
            <source>{name}: the server did not answer what was recorded.</source>
            <translation>{name}: لم يجب الخادم عما سُجِّل.</translation>
        </message>
        <message>
            <source>{name}: this server does not say what was recorded.</source>
            <translation>{name}: هذا الخادم لا يذكر ما سُجِّل.</translation>
        </message>
        <message>
            <source>{name}: you may not see what was recorded.</source>
            <translation>{name}: لا يُسمح لك برؤية ما سُجِّل.</translation>
        </message>
        <message numerus="yes">
            <source>{name}: {percent} % recorded, {n:,} gaps: {gaps}.</source>
            <translation>
                <numerusform>{name}: سُجِّل {percent}٪، بلا فجوات: {gaps}.</numerusform>
                <numerusform>{name}: سُجِّل {percent}٪، فجوة واحدة: {gaps}.</numerusform>
                <numerusform>{name}: سُجِّل {percent}٪، فجوتان: {gaps}.</numerusform>
                <numerusform>{name}: سُجِّل {percent}٪، {n:,} فجوات: {gaps}.</numerusform>
                <numerusform>{name}: سُجِّل {percent}٪، {n:,} فجوة: {gaps}.</numerusform>
                <numerusform>{name}: سُجِّل {percent}٪، {n:,} فجوة: {gaps}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{percent} %, {n:,} gaps</source>
            <translation>
                <numerusform>{percent}٪، بلا فجوات</numerusform>
                <numerusform>{percent}٪، فجوة</numerusform>
                <numerusform>{percent}٪، فجوتان</numerusform>
                <numerusform>{percent}٪، {n:,} فجوات</numerusform>
                <numerusform>{percent}٪، {n:,} فجوة</numerusform>
                <numerusform>{percent}٪، {n:,} فجوة</numerusform>
            </translation>
        </message>
        <message>
            <source>{text}   (time as the server writes it)</source>
            <translation>{text}   (الوقت كما يكتبه الخادم)</translation>
        </message>
        <message>
            <source>{title}: {time}</source>
            <translation>{title}: {time}</translation>
        </message>
    </context>
</TS>
