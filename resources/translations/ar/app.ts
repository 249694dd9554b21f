<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>"Failed" in the list of saved files shows which ones, and why.</source>
            <translation>يُظهر "فشل" في قائمة الملفات المحفوظة أيّ الملفات فشلت ولماذا.</translation>
        </message>
        <message>
            <source>&amp;Forget</source>
            <translation>&amp;حذف</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;إعادة</translation>
        </message>
        <message>
            <source>&amp;Redo {what}</source>
            <translation>&amp;إعادة {what}</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;تراجع</translation>
        </message>
        <message>
            <source>&amp;Undo {what}</source>
            <translation>&amp;تراجع عن {what}</translation>
        </message>
        <message>
            <source>A certificate is pinned, but the address is one without TLS.</source>
            <translation>هناك شهادة مثبّتة، لكن العنوان بدون TLS.</translation>
        </message>
        <message>
            <source>A saved file has no events.</source>
            <translation>ليس للملف المحفوظ أحداث.</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>كل الملفات (*)</translation>
        </message>
        <message>
            <source>Another copy is under way. Wait for it, or stop it.</source>
            <translation>هناك نسخ آخر قيد التنفيذ. انتظره أو أوقفه.</translation>
        </message>
        <message>
            <source>Ask the administrator.</source>
            <translation>اسأل المسؤول.</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>اختيار مجلد</translation>
        </message>
        <message>
            <source>Choose it in the list.</source>
            <translation>اختره من القائمة.</translation>
        </message>
        <message>
            <source>Copy to which folder?</source>
            <translation>إلى أي مجلد يُنسخ؟</translation>
        </message>
        <message>
            <source>Copying was stopped. What was copied before is complete.</source>
            <translation>أُوقف النسخ. ما نُسخ قبل ذلك كامل.</translation>
        </message>
        <message numerus="yes">
            <source>Copying {n:,} files to {folder}, and reading back</source>
            <translation>
                <numerusform>جارٍ النسخ إلى {folder}</numerusform>
                <numerusform>جارٍ نسخ ملف واحد إلى {folder} وإعادة قراءته</numerusform>
                <numerusform>جارٍ نسخ ملفين إلى {folder} وإعادة قراءتهما</numerusform>
                <numerusform>جارٍ نسخ {n:,} ملفات إلى {folder} وإعادة قراءتها</numerusform>
                <numerusform>جارٍ نسخ {n:,} ملفًا إلى {folder} وإعادة قراءتها</numerusform>
                <numerusform>جارٍ نسخ {n:,} ملف إلى {folder} وإعادة قراءتها</numerusform>
            </translation>
        </message>
        <message>
            <source>Files wait until somebody signs in again</source>
            <translation>ملفات تنتظر أن يسجّل أحدهم الدخول من جديد</translation>
        </message>
        <message>
            <source>It is at {path}</source>
            <translation>موجود في {path}</translation>
        </message>
        <message>
            <source>It said nothing.</source>
            <translation>لم يقل شيئًا.</translation>
        </message>
        <message>
            <source>It was moved or removed, its drive is away, or nothing is saved there yet.</source>
            <translation>نُقل أو حُذف، أو أن قرصه غير متصل، أو لم يُحفظ فيه شيء بعد.</translation>
        </message>
        <message>
            <source>Let go to open the files</source>
            <translation>أفلت لفتح الملفات</translation>
        </message>
        <message>
            <source>Loading cameras…</source>
            <translation>جارٍ تحميل الكاميرات…</translation>
        </message>
        <message>
            <source>Loading the timeline</source>
            <translation>جارٍ تحميل الخط الزمني</translation>
        </message>
        <message>
            <source>Looking at the folder…</source>
            <translation>جارٍ فحص المجلد…</translation>
        </message>
        <message>
            <source>Looking for an event: none up to {when}</source>
            <translation>البحث عن حدث: لا شيء حتى {when}</translation>
        </message>
        <message>
            <source>Name of this layout</source>
            <translation>اسم هذا التخطيط</translation>
        </message>
        <message>
            <source>No program could be found to open it.</source>
            <translation>لم يُعثر على برنامج لفتحه.</translation>
        </message>
        <message>
            <source>Nobody is signed in.</source>
            <translation>لم يسجّل أحد الدخول.</translation>
        </message>
        <message>
            <source>Nobody is signed in. Sign in to see cameras.</source>
            <translation>لم يسجّل أحد الدخول. سجّل الدخول لرؤية الكاميرات.</translation>
        </message>
        <message>
            <source>Not enough tiles for {n} of them. They are under Saved files in the list: double-click to see one.</source>
            <translation>لا تكفي الخانات لعدد {n} منها. تجدها تحت «الملفات المحفوظة» في القائمة: انقر نقرًا مزدوجًا لرؤية أحدها.</translation>
        </message>
        <message>
            <source>Not signed in.</source>
            <translation>لم يُسجَّل الدخول.</translation>
        </message>
        <message>
            <source>Open a camera first.</source>
            <translation>افتح كاميرا أولًا.</translation>
        </message>
        <message>
            <source>Open a camera to mark in and out.</source>
            <translation>افتح كاميرا لتحديد البداية والنهاية.</translation>
        </message>
        <message>
            <source>Open a camera to see its days with footage.</source>
            <translation>افتح كاميرا لرؤية الأيام التي لها تسجيلات.</translation>
        </message>
        <message>
            <source>Open saved files</source>
            <translation>فتح الملفات المحفوظة</translation>
        </message>
        <message>
            <source>Opening saved files…</source>
            <translation>جارٍ فتح الملفات المحفوظة…</translation>
        </message>
        <message>
            <source>RTA Viewer: {work}</source>
            <translation>RTA Viewer: {work}</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>التسجيلات</translation>
        </message>
        <message>
            <source>Save layout</source>
            <translation>حفظ التخطيط</translation>
        </message>
        <message>
            <source>Save report</source>
            <translation>حفظ التقرير</translation>
        </message>
        <message>
            <source>Save report…</source>
            <translation>حفظ التقرير…</translation>
        </message>
        <message>
            <source>Saved {file_name} in {folder}</source>
            <translation>حُفظ {file_name} في {folder}</translation>
        </message>
        <message>
            <source>Saved {target}</source>
            <translation>حُفظ {target}</translation>
        </message>
        <message>
            <source>Sign in first.</source>
            <translation>سجّل الدخول أولًا.</translation>
        </message>
        <message>
            <source>Sign in first: layouts belong to a server.</source>
            <translation>سجّل الدخول أولًا: التخطيطات تابعة لخادم.</translation>
        </message>
        <message>
            <source>Sign in to a server to see its time.</source>
            <translation>سجّل الدخول إلى خادم لرؤية توقيته.</translation>
        </message>
        <message>
            <source>Signing in to {server}…</source>
            <translation>جارٍ تسجيل الدخول إلى {server}…</translation>
        </message>
        <message>
            <source>Signing in…</source>
            <translation>جارٍ تسجيل الدخول…</translation>
        </message>
        <message>
            <source>Starting the embedded recording server…</source>
            <translation>جارٍ تشغيل خادم التسجيل المدمج…</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>نص (*.txt)</translation>
        </message>
        <message>
            <source>The administrator of this computer has set that server.</source>
            <translation>مسؤول هذا الحاسوب هو من ضبط هذا الخادم.</translation>
        </message>
        <message>
            <source>The certificate of this server is set by the administrator of this computer.</source>
            <translation>شهادة هذا الخادم ضبطها مسؤول هذا الحاسوب.</translation>
        </message>
        <message>
            <source>The embedded recording server did not start.</source>
            <translation>لم يبدأ خادم التسجيل المدمج.</translation>
        </message>
        <message>
            <source>The file is not open any more.</source>
            <translation>لم يعد الملف مفتوحًا.</translation>
        </message>
        <message>
            <source>The language changes when the program is started again.</source>
            <translation>تتغيّر اللغة عند تشغيل البرنامج من جديد.</translation>
        </message>
        <message>
            <source>The program ended unexpectedly the last time. You can save a report for whoever looks after it; nothing is sent.</source>
            <translation>انتهى البرنامج على نحو غير متوقع في المرة السابقة. يمكنك حفظ تقرير لمن يتولى صيانته؛ لا يُرسل شيء.</translation>
        </message>
        <message>
            <source>The program is open already: this is its window.</source>
            <translation>البرنامج مفتوح بالفعل: هذه نافذته.</translation>
        </message>
        <message>
            <source>The report was saved as {path}.</source>
            <translation>حُفظ التقرير باسم {path}.</translation>
        </message>
        <message>
            <source>The saved password does not work any more.</source>
            <translation>كلمة المرور المحفوظة لم تعد صالحة.</translation>
        </message>
        <message>
            <source>The server could not be looked at.</source>
            <translation>تعذّر فحص الخادم.</translation>
        </message>
        <message>
            <source>There is no earlier event back to {when}.</source>
            <translation>لا يوجد حدث أسبق رجوعًا حتى {when}.</translation>
        </message>
        <message>
            <source>There is no earlier event.</source>
            <translation>لا يوجد حدث أسبق.</translation>
        </message>
        <message>
            <source>There is no earlier recording up to {when}.</source>
            <translation>لا يوجد تسجيل أسبق حتى {when}.</translation>
        </message>
        <message>
            <source>There is no earlier recording.</source>
            <translation>لا يوجد تسجيل أسبق.</translation>
        </message>
        <message>
            <source>There is no later event up to {when}.</source>
            <translation>لا يوجد حدث لاحق حتى {when}.</translation>
        </message>
        <message>
            <source>There is no later event.</source>
            <translation>لا يوجد حدث لاحق.</translation>
        </message>
        <message>
            <source>There is no later recording up to {when}.</source>
            <translation>لا يوجد تسجيل لاحق حتى {when}.</translation>
        </message>
        <message>
            <source>There is no later recording.</source>
            <translation>لا يوجد تسجيل لاحق.</translation>
        </message>
        <message>
            <source>There is no picture to save.</source>
            <translation>لا توجد صورة لحفظها.</translation>
        </message>
        <message>
            <source>There is nothing to save yet. Open a camera.</source>
            <translation>لا يوجد ما يُحفظ بعد. افتح كاميرا.</translation>
        </message>
        <message>
            <source>There is nothing to save yet. Sign in first.</source>
            <translation>لا يوجد ما يُحفظ بعد. سجّل الدخول أولًا.</translation>
        </message>
        <message>
            <source>There is nothing to save yet: no camera is listed.</source>
            <translation>لا يوجد ما يُحفظ بعد: القائمة بلا كاميرات.</translation>
        </message>
        <message>
            <source>This is a saved file already. Choose a tile with a camera of a server.</source>
            <translation>هذا ملف محفوظ بالفعل. اختر خانة بها كاميرا من خادم.</translation>
        </message>
        <message>
            <source>This server</source>
            <translation>هذا الخادم</translation>
        </message>
        <message>
            <source>This server does not say what was recorded. Playing works all the same.</source>
            <translation>لا يخبر هذا الخادم بما سُجِّل. التشغيل يعمل مع ذلك.</translation>
        </message>
        <message>
            <source>This server does not say what was recorded: go there by date and time (Ctrl+G).</source>
            <translation>لا يخبر هذا الخادم بما سُجِّل: انتقل بالتاريخ والوقت (Ctrl+G).</translation>
        </message>
        <message>
            <source>This server does not tell events.</source>
            <translation>لا يخبر هذا الخادم بالأحداث.</translation>
        </message>
        <message>
            <source>Use https:// in the address, or take the pin away.</source>
            <translation>استخدم https:// في العنوان، أو أزل تثبيت الشهادة.</translation>
        </message>
        <message>
            <source>Verify saved files</source>
            <translation>التحقق من الملفات المحفوظة</translation>
        </message>
        <message>
            <source>about {size}</source>
            <translation>نحو {size}</translation>
        </message>
        <message>
            <source>closing {camera}</source>
            <translation>إغلاق {camera}</translation>
        </message>
        <message numerus="yes">
            <source>closing {n} cameras</source>
            <translation>
                <numerusform>إغلاق {n} كاميرا</numerusform>
                <numerusform>إغلاق كاميرا واحدة</numerusform>
                <numerusform>إغلاق كاميرتين</numerusform>
                <numerusform>إغلاق {n} كاميرات</numerusform>
                <numerusform>إغلاق {n} كاميرا</numerusform>
                <numerusform>إغلاق {n} كاميرا</numerusform>
            </translation>
        </message>
        <message>
            <source>moving in and out</source>
            <translation>نقل البداية والنهاية</translation>
        </message>
        <message>
            <source>no footage</source>
            <translation>لا تسجيلات</translation>
        </message>
        <message numerus="yes">
            <source>opening {n} cameras</source>
            <translation>
                <numerusform>فتح {n} كاميرا</numerusform>
                <numerusform>فتح كاميرا</numerusform>
                <numerusform>فتح كاميرتين</numerusform>
                <numerusform>فتح {n} كاميرات</numerusform>
                <numerusform>فتح {n} كاميرا</numerusform>
                <numerusform>فتح {n} كاميرا</numerusform>
            </translation>
        </message>
        <message>
            <source>rearranging tiles</source>
            <translation>إعادة ترتيب الخانات</translation>
        </message>
        <message>
            <source>{camera} is a camera of {server}. Sign in there to see it.</source>
            <translation>{camera} كاميرا على {server}. سجّل الدخول إليه لرؤيتها.</translation>
        </message>
        <message>
            <source>{camera} is not in the list of cameras of {server}.</source>
            <translation>{camera} ليست في قائمة كاميرات {server}.</translation>
        </message>
        <message>
            <source>{duration} of it recorded</source>
            <translation>المسجَّل منها {duration}</translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files are being saved</source>
            <translation>
                <numerusform>لا يُحفظ أي ملف</numerusform>
                <numerusform>يُحفظ ملف واحد</numerusform>
                <numerusform>يُحفظ ملفان</numerusform>
                <numerusform>يُحفظ {n:,} ملفات</numerusform>
                <numerusform>يُحفظ {n:,} ملفًا</numerusform>
                <numerusform>يُحفظ {n:,} ملف</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} files were copied to {folder} with what belongs to them and read back: all the same.</source>
            <translation>
                <numerusform>لم يُنسخ شيء إلى {folder}.</numerusform>
                <numerusform>نُسخ ملف واحد إلى {folder} مع ما يتبعه وأُعيدت القراءة: كل شيء مطابق.</numerusform>
                <numerusform>نُسخ ملفان إلى {folder} مع ما يتبعهما وأُعيدت القراءة: كل شيء مطابق.</numerusform>
                <numerusform>نُسخت {n:,} ملفات إلى {folder} مع ما يتبعها وأُعيدت القراءة: كل شيء مطابق.</numerusform>
                <numerusform>نُسخ {n:,} ملفًا إلى {folder} مع ما يتبعها وأُعيدت القراءة: كل شيء مطابق.</numerusform>
                <numerusform>نُسخ {n:,} ملف إلى {folder} مع ما يتبعها وأُعيدت القراءة: كل شيء مطابق.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n:,} waiting</source>
            <translation>
                <numerusform>{n:,} في الانتظار</numerusform>
                <numerusform>واحد في الانتظار</numerusform>
                <numerusform>اثنان في الانتظار</numerusform>
                <numerusform>{n:,} في الانتظار</numerusform>
                <numerusform>{n:,} في الانتظار</numerusform>
                <numerusform>{n:,} في الانتظار</numerusform>
            </translation>
        </message>
        <message>
            <source>{path} is not there.</source>
            <translation>{path} غير موجود.</translation>
        </message>
    </context>
</TS>
