<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Audio</source>
            <translation>صوت</translation>
        </message>
        <message>
            <source>Being saved by {who}, {time}: {file}</source>
            <translation>قيد الحفظ بواسطة {who}، {time}: {file}</translation>
        </message>
        <message>
            <source>Event</source>
            <translation>حدث</translation>
        </message>
        <message>
            <source>How much time is visible</source>
            <translation>المدة الزمنية الظاهرة</translation>
        </message>
        <message>
            <source>In {time}</source>
            <translation>البداية {time}</translation>
        </message>
        <message>
            <source>Legend: {looks}</source>
            <translation>مفتاح الرموز: {looks}</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>حركة</translation>
        </message>
        <message>
            <source>No footage: {reason}</source>
            <translation>بلا تسجيلات: {reason}</translation>
        </message>
        <message>
            <source>Not loaded yet</source>
            <translation>لم يُحمَّل بعد</translation>
        </message>
        <message>
            <source>Open a camera to see what was recorded</source>
            <translation>افتح كاميرا لترى ما سُجِّل</translation>
        </message>
        <message>
            <source>Out {time}</source>
            <translation>النهاية {time}</translation>
        </message>
        <message>
            <source>Out {time}  ({length})</source>
            <translation>النهاية {time}  ({length})</translation>
        </message>
        <message>
            <source>Picture under the pointer</source>
            <translation>الصورة تحت المؤشر</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>مسجَّل</translation>
        </message>
        <message>
            <source>Recorded on motion</source>
            <translation>سُجِّل عند الحركة</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>محفوظ</translation>
        </message>
        <message>
            <source>Saved by {who}, {time}: {file}</source>
            <translation>حفظه {who}، {time}: {file}</translation>
        </message>
        <message>
            <source>Saved, but not all that was asked for by {who}, {time}: {file}</source>
            <translation>حفظه {who} ولكن ليس كل ما طُلب، {time}: {file}</translation>
        </message>
        <message>
            <source>Show the playhead</source>
            <translation>إظهار رأس التشغيل</translation>
        </message>
        <message>
            <source>Show {duration}</source>
            <translation>عرض {duration}</translation>
        </message>
        <message>
            <source>Tampering</source>
            <translation>عبث</translation>
        </message>
        <message>
            <source>You may not see this</source>
            <translation>لا يحق لك مشاهدة هذا</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>تكبير (+)</translation>
        </message>
        <message>
            <source>Zoom out (-)</source>
            <translation>تصغير (-)</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>و{count} غيرها</translation>
        </message>
        <message>
            <source>camera offline</source>
            <translation>الكاميرا غير متصلة</translation>
        </message>
        <message>
            <source>database error</source>
            <translation>خطأ في قاعدة البيانات</translation>
        </message>
        <message>
            <source>deleted after the retention period</source>
            <translation>حُذفت بعد انتهاء مدة الاحتفاظ</translation>
        </message>
        <message>
            <source>deleted by an administrator</source>
            <translation>حذفها مسؤول النظام</translation>
        </message>
        <message>
            <source>high</source>
            <comment>how grave an event is</comment>
            <translation>عالية</translation>
        </message>
        <message>
            <source>low</source>
            <comment>how grave an event is</comment>
            <translation>منخفضة</translation>
        </message>
        <message>
            <source>medium</source>
            <comment>how grave an event is</comment>
            <translation>متوسطة</translation>
        </message>
        <message>
            <source>network error</source>
            <translation>خطأ في الشبكة</translation>
        </message>
        <message>
            <source>nothing moved</source>
            <translation>لم يتحرك شيء</translation>
        </message>
        <message>
            <source>recording was off</source>
            <translation>كان التسجيل متوقفًا</translation>
        </message>
        <message>
            <source>server storage was full</source>
            <translation>كانت مساحة تخزين الخادم ممتلئة</translation>
        </message>
        <message>
            <source>{days} d</source>
            <translation>{days} ي</translation>
        </message>
        <message>
            <source>{event} at {time}</source>
            <translation>{event} في {time}</translation>
        </message>
    </context>
</TS>
