<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A command of this program works on this list. What you do here is handed on to it; the window takes over when it has ended.</source>
            <translation>يعمل أمر لهذا البرنامج على هذه القائمة. يُمرَّر إليه ما تفعله هنا، وتتولى النافذة الأمر عندما ينتهي.</translation>
        </message>
        <message>
            <source>All</source>
            <translation>الكل</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>كل الملفات</translation>
        </message>
        <message>
            <source>All files of this order are in {folder}</source>
            <translation>كل ملفات هذا الطلب موجودة في {folder}</translation>
        </message>
        <message>
            <source>Asking the server</source>
            <comment>state of a job</comment>
            <translation>جارٍ سؤال الخادم</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <comment>state of a job</comment>
            <translation>أُلغيت</translation>
        </message>
        <message>
            <source>Checking the file</source>
            <comment>state of a job</comment>
            <translation>جارٍ فحص الملف</translation>
        </message>
        <message>
            <source>Checksum</source>
            <translation>المجموع الاختباري</translation>
        </message>
        <message>
            <source>Clip</source>
            <translation>مقطع</translation>
        </message>
        <message>
            <source>Clip of {camera}</source>
            <translation>مقطع من {camera}</translation>
        </message>
        <message>
            <source>Clips and exports that you save appear here.</source>
            <translation>تظهر هنا المقاطع وعمليات التصدير التي تحفظها.</translation>
        </message>
        <message>
            <source>Copy as text</source>
            <translation>نسخ كنص</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>نسخ المسار</translation>
        </message>
        <message>
            <source>Copy to a drive…</source>
            <translation>نسخ إلى محرك أقراص…</translation>
        </message>
        <message>
            <source>Copying</source>
            <translation>جارٍ النسخ</translation>
        </message>
        <message>
            <source>Create again</source>
            <translation>إنشاء من جديد</translation>
        </message>
        <message>
            <source>Create expired exports again by themselves</source>
            <translation>إعادة إنشاء عمليات التصدير المنتهية تلقائيًا</translation>
        </message>
        <message>
            <source>Details and history…</source>
            <translation>التفاصيل والسجل…</translation>
        </message>
        <message>
            <source>Done</source>
            <comment>jobs</comment>
            <translation>مكتملة</translation>
        </message>
        <message>
            <source>Downloading</source>
            <comment>state of a job</comment>
            <translation>جارٍ التنزيل</translation>
        </message>
        <message>
            <source>Downloads and exports</source>
            <translation>عمليات التنزيل والتصدير</translation>
        </message>
        <message>
            <source>Expiry</source>
            <translation>انتهاء الصلاحية</translation>
        </message>
        <message>
            <source>Export</source>
            <comment>a file</comment>
            <translation>تصدير</translation>
        </message>
        <message>
            <source>Export of {camera}</source>
            <translation>تصدير من {camera}</translation>
        </message>
        <message>
            <source>Failed</source>
            <comment>jobs</comment>
            <translation>فاشلة</translation>
        </message>
        <message>
            <source>Failed</source>
            <comment>state of a job</comment>
            <translation>فشلت</translation>
        </message>
        <message>
            <source>Fetch the rest</source>
            <translation>جلب الباقي</translation>
        </message>
        <message>
            <source>Go on in another folder…</source>
            <translation>المتابعة في مجلد آخر…</translation>
        </message>
        <message>
            <source>Goes on when somebody signs in to {server}</source>
            <translation>تستمر عندما يسجّل أحد الدخول إلى {server}</translation>
        </message>
        <message>
            <source>Goes on when {user} signs in to {server}</source>
            <translation>تستمر عندما يسجّل {user} الدخول إلى {server}</translation>
        </message>
        <message>
            <source>History</source>
            <translation>السجل</translation>
        </message>
        <message>
            <source>In the queue</source>
            <comment>state of a job</comment>
            <translation>في قائمة الانتظار</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>النوع</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>الرابط</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>الناقص</translation>
        </message>
        <message>
            <source>Missing: {span}</source>
            <translation>ناقص: {span}</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>نقل إلى أسفل</translation>
        </message>
        <message>
            <source>Move to the front</source>
            <translation>نقل إلى المقدمة</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>نقل إلى أعلى</translation>
        </message>
        <message>
            <source>Next try in {time}</source>
            <translation>المحاولة التالية بعد {time}</translation>
        </message>
        <message>
            <source>No file fits the filter.</source>
            <translation>لا يوجد ملف مطابق لعامل التصفية.</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>بلا حد</translation>
        </message>
        <message>
            <source>Not saved</source>
            <translation>لم يُحفظ</translation>
        </message>
        <message>
            <source>Open the file</source>
            <translation>فتح الملف</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>فتح المجلد</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>المسار</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>إيقاف مؤقت</translation>
        </message>
        <message>
            <source>Paused</source>
            <comment>state of a job</comment>
            <translation>متوقفة مؤقتًا</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>التقدم</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>الانتظار</translation>
        </message>
        <message>
            <source>Range</source>
            <translation>المدى</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>المعدل</translation>
        </message>
        <message>
            <source>Rate limit of all transfers together, and expired exports</source>
            <translation>حد المعدل لكل عمليات النقل معًا، وعمليات التصدير المنتهية</translation>
        </message>
        <message>
            <source>Rate limit: {limit}</source>
            <translation>حد المعدل: {limit}</translation>
        </message>
        <message>
            <source>Ready to fetch</source>
            <comment>state of a job</comment>
            <translation>جاهز للجلب</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>السبب</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>إزالة من القائمة</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>استئناف</translation>
        </message>
        <message>
            <source>Running</source>
            <comment>jobs</comment>
            <translation>جارية</translation>
        </message>
        <message>
            <source>Saved</source>
            <comment>state of a job</comment>
            <translation>حُفظ</translation>
        </message>
        <message>
            <source>Saved, but differs</source>
            <comment>state of a job</comment>
            <translation>حُفظ، لكنه مختلف</translation>
        </message>
        <message>
            <source>Search camera, date, file</source>
            <translation>ابحث عن كاميرا أو تاريخ أو ملف</translation>
        </message>
        <message>
            <source>Search in saved files</source>
            <translation>البحث في الملفات المحفوظة</translation>
        </message>
        <message>
            <source>Server is preparing</source>
            <comment>state of a job</comment>
            <translation>الخادم يجهّز الملف</translation>
        </message>
        <message>
            <source>Server is preparing {percent:.0f} %</source>
            <translation>الخادم يجهّز الملف {percent:.0f}٪</translation>
        </message>
        <message>
            <source>Show on the timeline</source>
            <translation>عرض على الخط الزمني</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>الحجم</translation>
        </message>
        <message>
            <source>State</source>
            <translation>الحالة</translation>
        </message>
        <message>
            <source>The last one is {file_name}</source>
            <translation>آخرها {file_name}</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>الوقت المتبقي</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>المحاولة مجددًا</translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>المحاولة الآن</translation>
        </message>
        <message>
            <source>Trying again now</source>
            <translation>تُعاد المحاولة الآن</translation>
        </message>
        <message>
            <source>Volumes</source>
            <translation>الأجزاء</translation>
        </message>
        <message>
            <source>Waiting for sign-in</source>
            <translation>بانتظار تسجيل الدخول</translation>
        </message>
        <message>
            <source>Waiting for the server</source>
            <translation>بانتظار الخادم</translation>
        </message>
        <message>
            <source>Watermark</source>
            <translation>العلامة المائية</translation>
        </message>
        <message>
            <source>What</source>
            <translation>ماذا</translation>
        </message>
        <message>
            <source>What failed, or is not what was asked</source>
            <translation>ما فشل أو ليس كما طُلب</translation>
        </message>
        <message>
            <source>What is saved as it was asked</source>
            <translation>ما حُفظ كما طُلب</translation>
        </message>
        <message>
            <source>What is under way</source>
            <translation>ما هو قيد التنفيذ</translation>
        </message>
        <message>
            <source>What waits or is paused</source>
            <translation>ما ينتظر أو متوقف مؤقتًا</translation>
        </message>
        <message>
            <source>When</source>
            <translation>متى</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>مَن</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>لماذا</translation>
        </message>
        <message>
            <source>ends {time}</source>
            <translation>ينتهي في {time}</translation>
        </message>
        <message>
            <source>expires in {time}</source>
            <translation>ينتهي خلال {time}</translation>
        </message>
        <message>
            <source>has expired</source>
            <translation>انتهت صلاحيته</translation>
        </message>
        <message>
            <source>the program</source>
            <translation>البرنامج</translation>
        </message>
        <message>
            <source>{done:,} of {total:,} files of this order saved as asked, in {folder}.</source>
            <translation>حُفظ كما طُلب {done:,} من {total:,} من ملفات هذا الطلب، في {folder}.</translation>
        </message>
        <message>
            <source>{file_name} is in {folder}</source>
            <translation>{file_name} موجود في {folder}</translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files are held up</source>
            <translation>
                <numerusform>لا ملفات متوقفة</numerusform>
                <numerusform>ملف واحد متوقف</numerusform>
                <numerusform>ملفان متوقفان</numerusform>
                <numerusform>{n:,} ملفات متوقفة</numerusform>
                <numerusform>{n:,} ملفًا متوقفًا</numerusform>
                <numerusform>{n:,} ملف متوقف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files are saved, but differ from what was asked.</source>
            <translation>
                <numerusform>لم يُحفظ أي ملف مختلفًا عما طُلب.</numerusform>
                <numerusform>حُفظ ملف واحد لكنه يختلف عما طُلب.</numerusform>
                <numerusform>حُفظ ملفان لكنهما يختلفان عما طُلب.</numerusform>
                <numerusform>حُفظت {n:,} ملفات لكنها تختلف عما طُلب.</numerusform>
                <numerusform>حُفظ {n:,} ملفًا لكنها تختلف عما طُلب.</numerusform>
                <numerusform>حُفظ {n:,} ملف لكنها تختلف عما طُلب.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files failed.</source>
            <translation>
                <numerusform>لم يفشل أي ملف.</numerusform>
                <numerusform>فشل ملف واحد.</numerusform>
                <numerusform>فشل ملفان.</numerusform>
                <numerusform>فشلت {n:,} ملفات.</numerusform>
                <numerusform>فشل {n:,} ملفًا.</numerusform>
                <numerusform>فشل {n:,} ملف.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files saved</source>
            <translation>
                <numerusform>لم يُحفظ أي ملف</numerusform>
                <numerusform>حُفظ ملف واحد</numerusform>
                <numerusform>حُفظ ملفان</numerusform>
                <numerusform>حُفظت {n:,} ملفات</numerusform>
                <numerusform>حُفظ {n:,} ملفًا</numerusform>
                <numerusform>حُفظ {n:,} ملف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files were cancelled.</source>
            <translation>
                <numerusform>لم يُلغَ أي ملف.</numerusform>
                <numerusform>أُلغي ملف واحد.</numerusform>
                <numerusform>أُلغي ملفان.</numerusform>
                <numerusform>أُلغيت {n:,} ملفات.</numerusform>
                <numerusform>أُلغي {n:,} ملفًا.</numerusform>
                <numerusform>أُلغي {n:,} ملف.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} running</source>
            <translation>
                <numerusform>لا شيء جارٍ</numerusform>
                <numerusform>مهمة واحدة جارية</numerusform>
                <numerusform>مهمتان جاريتان</numerusform>
                <numerusform>{n} مهام جارية</numerusform>
                <numerusform>{n} مهمة جارية</numerusform>
                <numerusform>{n} مهمة جارية</numerusform>
            </translation>
        </message>
        <message>
            <source>{percent:.0f} %</source>
            <translation>{percent:.0f}٪</translation>
        </message>
        <message>
            <source>{received} of {total}</source>
            <translation>{received} من {total}</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} ث</translation>
        </message>
        <message>
            <source>{server} as {user}</source>
            <translation>{server} باسم {user}</translation>
        </message>
        <message>
            <source>{share:.0%}</source>
            <translation>{share:.0%}</translation>
        </message>
        <message>
            <source>{size} ({received:,} bytes)</source>
            <translation>{size} ({received:,} بايت)</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>متبقٍ {time}</translation>
        </message>
    </context>
</TS>
