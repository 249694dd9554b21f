<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Another command of this program works on this list.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Asked for</source>
            <translation>المطلوب</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>الكاميرا</translation>
        </message>
        <message>
            <source>Check when it was saved</source>
            <translation>الفحص عند الحفظ</translation>
        </message>
        <message>
            <source>Delivered</source>
            <translation>المُسلَّم</translation>
        </message>
        <message>
            <source>It cannot be read: {reason}.</source>
            <translation>تتعذر قراءته: {reason}.</translation>
        </message>
        <message>
            <source>It is shorter than the time it covers, and nobody wrote down where its gaps are: times behind a gap are too early.</source>
            <translation>إنه أقصر من الوقت الذي يغطيه، ولم تُسجَّل مواضع فجواته: الأوقات بعد كل فجوة أبكر من الحقيقة.</translation>
        </message>
        <message>
            <source>It was changed: it has {size_bytes:,} bytes instead of {expected:,}.</source>
            <translation>تم تغييره: حجمه {size_bytes:,} بايت بدلًا من {expected:,}.</translation>
        </message>
        <message>
            <source>It was changed: its SHA-256 is not the one of the receipt.</source>
            <translation>تم تغييره: قيمة SHA-256 الخاصة به لا تطابق الإيصال.</translation>
        </message>
        <message>
            <source>It was changed: its SHA-256 is not the one that was written down.</source>
            <translation>تم تغييره: قيمة SHA-256 الخاصة به ليست القيمة المدوَّنة.</translation>
        </message>
        <message>
            <source>Its name says another time: {time}.</source>
            <translation>يدل اسمه على وقت آخر: {time}.</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>الطول</translation>
        </message>
        <message>
            <source>List of jobs</source>
            <translation>قائمة المهام</translation>
        </message>
        <message>
            <source>None beside the file</source>
            <translation>لا يوجد بجانب الملف</translation>
        </message>
        <message>
            <source>Not in it</source>
            <translation>غير موجود فيها</translation>
        </message>
        <message>
            <source>Only the first {limit} of {found} files were opened.</source>
            <translation>لم يُفتح سوى أول {limit} من أصل {found} من الملفات.</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>الإيصال</translation>
        </message>
        <message>
            <source>Saved</source>
            <comment>when</comment>
            <translation>وقت الحفظ</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>الخادم</translation>
        </message>
        <message>
            <source>The list of saved files was damaged and starts anew. The damaged one was kept as {path}; {n} saved files were found again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The receipt beside it is not the one that this computer wrote.</source>
            <translation>الإيصال الموجود بجانبه ليس الإيصال الذي كتبه هذا الكمبيوتر.</translation>
        </message>
        <message>
            <source>There are no videos in {folder}.</source>
            <translation>لا توجد مقاطع فيديو في {folder}.</translation>
        </message>
        <message>
            <source>There is no file {path}.</source>
            <translation>لا يوجد ملف {path}.</translation>
        </message>
        <message>
            <source>There is no receipt: nobody knows whether it was changed.</source>
            <translation>لا يوجد إيصال: لا يُعرف إن كان الملف قد تغيّر.</translation>
        </message>
        <message>
            <source>There is no record of this file.</source>
            <translation>لا يوجد سجل لهذا الملف.</translation>
        </message>
        <message>
            <source>Try again when it has ended.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Unchanged since it was saved.</source>
            <translation>لم يتغير منذ حفظه.</translation>
        </message>
        <message>
            <source>Unchanged since it was saved. It is not all that was asked for.</source>
            <translation>لم يتغير منذ حفظه، لكنه ليس كل ما طُلب.</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>الفيديو</translation>
        </message>
        <message>
            <source>as asked</source>
            <translation>كما طُلب</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>غير معروف</translation>
        </message>
        <message>
            <source>{error} Saved files are listed until the program ends, and not after it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n:,} bytes</source>
            <translation>
                <numerusform>{n:,} بايت</numerusform>
                <numerusform>{n:,} بايت</numerusform>
                <numerusform>{n:,} بايت</numerusform>
                <numerusform>{n:,} بايت</numerusform>
                <numerusform>{n:,} بايت</numerusform>
                <numerusform>{n:,} بايت</numerusform>
            </translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>تتعذر قراءة {name}: {reason}.</translation>
        </message>
        <message>
            <source>{name} is missing; its receipt is there.</source>
            <translation>{name} مفقود، لكن إيصاله موجود.</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} إلى {end}</translation>
        </message>
        <message>
            <source>{time}, by version {version}</source>
            <translation>{time}، بالإصدار {version}</translation>
        </message>
    </context>
</TS>
