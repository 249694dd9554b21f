<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Add to favourites</source>
            <translation>إضافة إلى المفضلة</translation>
        </message>
        <message>
            <source>Cameras</source>
            <translation>الكاميرات</translation>
        </message>
        <message>
            <source>Close all groups</source>
            <translation>طيّ كل المجموعات</translation>
        </message>
        <message>
            <source>Close the file</source>
            <translation>إغلاق الملف</translation>
        </message>
        <message>
            <source>Close the files</source>
            <translation>إغلاق الملفات</translation>
        </message>
        <message>
            <source>Copy name</source>
            <translation>نسخ الاسم</translation>
        </message>
        <message>
            <source>Disabled</source>
            <translation>معطّلة</translation>
        </message>
        <message>
            <source>Do not show {server} here any more</source>
            <translation>عدم عرض {server} هنا بعد الآن</translation>
        </message>
        <message>
            <source>Favourite, or not any more</source>
            <translation>إضافة إلى المفضلة أو إزالة منها</translation>
        </message>
        <message>
            <source>Favourites</source>
            <translation>المفضلة</translation>
        </message>
        <message>
            <source>Find camera</source>
            <translation>بحث عن كاميرا</translation>
        </message>
        <message>
            <source>Find camera (Ctrl+F)</source>
            <translation>بحث عن كاميرا (Ctrl+F)</translation>
        </message>
        <message>
            <source>Find camera ({key})</source>
            <translation>بحث عن كاميرا ({key})</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>المجموعات</translation>
        </message>
        <message numerus="yes">
            <source>Kept for {n} days</source>
            <translation>
                <numerusform>تُحفظ {n} يوم</numerusform>
                <numerusform>تُحفظ يومًا واحدًا</numerusform>
                <numerusform>تُحفظ يومين</numerusform>
                <numerusform>تُحفظ {n} أيام</numerusform>
                <numerusform>تُحفظ {n} يومًا</numerusform>
                <numerusform>تُحفظ {n} يوم</numerusform>
            </translation>
        </message>
        <message>
            <source>Loading cameras: {count}</source>
            <translation>جارٍ تحميل الكاميرات: {count}</translation>
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
            <translation>غير متصلة</translation>
        </message>
        <message>
            <source>Oldest recording {oldest}</source>
            <translation>أقدم تسجيل {oldest}</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>فتح</translation>
        </message>
        <message>
            <source>Open all groups</source>
            <translation>توسيع كل المجموعات</translation>
        </message>
        <message numerus="yes">
            <source>Open {n} cameras</source>
            <translation>
                <numerusform>فتح {n} كاميرا</numerusform>
                <numerusform>فتح كاميرا واحدة</numerusform>
                <numerusform>فتح كاميرتين</numerusform>
                <numerusform>فتح {n} كاميرات</numerusform>
                <numerusform>فتح {n} كاميرا</numerusform>
                <numerusform>فتح {n} كاميرا</numerusform>
            </translation>
        </message>
        <message>
            <source>Other cameras</source>
            <translation>كاميرات أخرى</translation>
        </message>
        <message>
            <source>Recently used</source>
            <translation>المستخدمة مؤخرًا</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>تسجّل</translation>
        </message>
        <message>
            <source>Remove from favourites</source>
            <translation>إزالة من المفضلة</translation>
        </message>
        <message>
            <source>Saved file</source>
            <translation>ملف محفوظ</translation>
        </message>
        <message>
            <source>Saved file, not to be relied on</source>
            <translation>ملف محفوظ، لا يُعتمد عليه</translation>
        </message>
        <message>
            <source>Saved file, unchanged</source>
            <translation>ملف محفوظ، لم يتغيّر</translation>
        </message>
        <message>
            <source>Saved files</source>
            <translation>الملفات المحفوظة</translation>
        </message>
        <message>
            <source>Servers</source>
            <translation>الخوادم</translation>
        </message>
        <message>
            <source>Sign in</source>
            <translation>تسجيل الدخول</translation>
        </message>
        <message>
            <source>Sign in to {server}</source>
            <translation>تسجيل الدخول إلى {server}</translation>
        </message>
        <message>
            <source>Sort cameras by the recording server</source>
            <translation>ترتيب الكاميرات حسب خادم التسجيل</translation>
        </message>
        <message>
            <source>Sort cameras into the server's groups</source>
            <translation>ترتيب الكاميرات في مجموعات الخادم</translation>
        </message>
        <message>
            <source>State unknown</source>
            <translation>الحالة غير معروفة</translation>
        </message>
        <message>
            <source>Unknown recording server</source>
            <translation>خادم تسجيل غير معروف</translation>
        </message>
        <message>
            <source>Unnamed group</source>
            <translation>مجموعة بلا اسم</translation>
        </message>
        <message>
            <source>Verify the file</source>
            <translation>التحقق من الملف</translation>
        </message>
        <message>
            <source>Verify the files</source>
            <translation>التحقق من الملفات</translation>
        </message>
        <message>
            <source>{camera}, {state}</source>
            <translation>{camera}، {state}</translation>
        </message>
        <message>
            <source>{camera}, {state}, favourite</source>
            <translation>{camera}، {state}، مفضلة</translation>
        </message>
        <message>
            <source>{count} found, the first are shown.</source>
            <translation>عُثر على {count}، تُعرض الأولى منها.</translation>
        </message>
        <message>
            <source>{count} found.</source>
            <translation>عُثر على {count}.</translation>
        </message>
        <message>
            <source>{found} of {count}</source>
            <translation>{found} من {count}</translation>
        </message>
        <message>
            <source>{fps:g} pictures/s</source>
            <translation>{fps:g} صورة/ث</translation>
        </message>
        <message numerus="yes">
            <source>{n} cameras</source>
            <translation>
                <numerusform>لا كاميرات</numerusform>
                <numerusform>كاميرا واحدة</numerusform>
                <numerusform>كاميرتان</numerusform>
                <numerusform>{n} كاميرات</numerusform>
                <numerusform>{n} كاميرا</numerusform>
                <numerusform>{n} كاميرا</numerusform>
            </translation>
        </message>
    </context>
</TS>
