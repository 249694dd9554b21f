<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Close this camera</source>
            <translation>إغلاق هذه الكاميرا</translation>
        </message>
        <message>
            <source>Connection lost. Reconnecting…</source>
            <translation>انقطع الاتصال. جارٍ إعادة الاتصال…</translation>
        </message>
        <message>
            <source>Double-click a camera in the list to watch it here.</source>
            <translation>انقر نقرًا مزدوجًا على كاميرا في القائمة لمشاهدتها هنا.</translation>
        </message>
        <message>
            <source>End of the recordings</source>
            <translation>نهاية التسجيلات</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>انتهى</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>فشل</translation>
        </message>
        <message>
            <source>Free tile</source>
            <translation>خانة فارغة</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>جارٍ التحميل</translation>
        </message>
        <message>
            <source>No camera</source>
            <translation>لا توجد كاميرا</translation>
        </message>
        <message>
            <source>No footage</source>
            <translation>بلا تسجيلات</translation>
        </message>
        <message>
            <source>No footage at this time</source>
            <translation>لا توجد تسجيلات في هذا الوقت</translation>
        </message>
        <message>
            <source>Own time</source>
            <translation>وقت مستقل</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>متوقف مؤقتًا</translation>
        </message>
        <message>
            <source>Playing</source>
            <translation>قيد التشغيل</translation>
        </message>
        <message>
            <source>Playing backwards</source>
            <translation>تشغيل إلى الوراء</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>معاينة</translation>
        </message>
        <message>
            <source>Reason: {reason}.</source>
            <translation>السبب: {reason}.</translation>
        </message>
        <message>
            <source>Reconnecting</source>
            <translation>إعادة الاتصال</translation>
        </message>
        <message>
            <source>This camera cannot be played</source>
            <translation>لا يمكن تشغيل هذه الكاميرا</translation>
        </message>
        <message>
            <source>Tiles</source>
            <translation>الخانات</translation>
        </message>
        <message>
            <source>{count} lost</source>
            <translation>فُقد {count}</translation>
        </message>
        <message>
            <source>{note} ({reason})</source>
            <translation>{note} ({reason})</translation>
        </message>
        <message>
            <source>{reached} of {asked}</source>
            <translation>{reached} من {asked}</translation>
        </message>
    </context>
</TS>
