<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A file is read forwards.</source>
            <translation>يُقرأ الملف إلى الأمام.</translation>
        </message>
        <message>
            <source>A picture of {width} x {height} is too large to show.</source>
            <translation>صورة بمقاس {width} × {height} أكبر من أن تُعرض.</translation>
        </message>
        <message>
            <source>Check that the file is complete.</source>
            <translation>تحقق من اكتمال الملف.</translation>
        </message>
        <message>
            <source>Check the server's address and whether a proxy stands before it.</source>
            <translation>تحقق من عنوان الخادم ومن وجود وسيط (proxy) أمامه.</translation>
        </message>
        <message>
            <source>Choose another time or camera.</source>
            <translation>اختر وقتًا آخر أو كاميرا أخرى.</translation>
        </message>
        <message>
            <source>Fetch it again.</source>
            <translation>اجلبه مجددًا.</translation>
        </message>
        <message>
            <source>Files are read forwards.</source>
            <translation>تُقرأ الملفات إلى الأمام.</translation>
        </message>
        <message>
            <source>Pictures in {codec} cannot be decoded.</source>
            <translation>لا يمكن فك ترميز الصور بصيغة {codec}.</translation>
        </message>
        <message>
            <source>The file holds nothing at this time.</source>
            <translation>لا يحتوي الملف على شيء في هذا الوقت.</translation>
        </message>
        <message>
            <source>The file is cut off or unfinished: its index is missing.</source>
            <translation>الملف مبتور أو غير مكتمل: فهرسه مفقود.</translation>
        </message>
        <message>
            <source>The file is cut off: {size:,} of at least {expected:,} bytes are there.</source>
            <translation>الملف مبتور: فيه {size:,} بايت من {expected:,} على الأقل.</translation>
        </message>
        <message>
            <source>The file is damaged at this place.</source>
            <translation>الملف تالف في هذا الموضع.</translation>
        </message>
        <message>
            <source>The file is damaged: its pictures cannot be found.</source>
            <translation>الملف تالف: لا يمكن العثور على صوره.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>الملف فارغ.</translation>
        </message>
        <message>
            <source>The file is not a video that this program knows.</source>
            <translation>الملف ليس فيديو يعرفه هذا البرنامج.</translation>
        </message>
        <message>
            <source>The file is unfinished: its length was never written.</source>
            <translation>الملف غير مكتمل: لم تُكتب مدته قط.</translation>
        </message>
        <message>
            <source>The pictures are in a format that this program does not know.</source>
            <translation>الصور بصيغة لا يعرفها هذا البرنامج.</translation>
        </message>
        <message>
            <source>The player did not start reading.</source>
            <translation>لم يبدأ المشغِّل القراءة.</translation>
        </message>
        <message>
            <source>The recording cannot be handed to the player.</source>
            <translation>لا يمكن تسليم التسجيل إلى المشغِّل.</translation>
        </message>
        <message>
            <source>The recording could not be decoded at this instant.</source>
            <translation>تعذّر فك ترميز التسجيل في هذه اللحظة.</translation>
        </message>
        <message>
            <source>The recording's description of itself is damaged.</source>
            <translation>بيانات وصف التسجيل تالفة.</translation>
        </message>
        <message>
            <source>The server sent a message instead of a video.</source>
            <translation>أرسل الخادم رسالة بدلًا من فيديو.</translation>
        </message>
        <message>
            <source>The server sent a message instead of a video: {message}</source>
            <translation>أرسل الخادم رسالة بدلًا من فيديو: {message}</translation>
        </message>
        <message>
            <source>The server sent a web page instead of a video.</source>
            <translation>أرسل الخادم صفحة ويب بدلًا من فيديو.</translation>
        </message>
        <message>
            <source>The snapshot could not be encoded.</source>
            <translation>تعذّر ترميز اللقطة.</translation>
        </message>
        <message>
            <source>There is no decoder for {codec}.</source>
            <translation>لا يوجد مفكك ترميز لـ {codec}.</translation>
        </message>
        <message>
            <source>{codec} cannot be handed to the player.</source>
            <translation>لا يمكن تسليم {codec} إلى المشغِّل.</translation>
        </message>
        <message>
            <source>{name} cannot be opened as a video.</source>
            <translation>لا يمكن فتح {name} كفيديو.</translation>
        </message>
        <message>
            <source>{name} holds no pictures.</source>
            <translation>لا يحتوي {name} على صور.</translation>
        </message>
        <message>
            <source>{name} is damaged: its pictures cannot be found.</source>
            <translation>الملف {name} تالف: لا يمكن العثور على صوره.</translation>
        </message>
        <message>
            <source>{name} is encoded as {codec}, which cannot be played here.</source>
            <translation>{name} مرمَّز بصيغة {codec} التي لا يمكن تشغيلها هنا.</translation>
        </message>
        <message>
            <source>{name} is not a video that this program knows.</source>
            <translation>{name} ليس فيديو يعرفه هذا البرنامج.</translation>
        </message>
    </context>
</TS>
