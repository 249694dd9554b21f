<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Check that the folder is writable and the drive is not full.</source>
            <translation>تحقق من إمكانية الكتابة في المجلد ومن أن محرك الأقراص غير ممتلئ.</translation>
        </message>
        <message>
            <source>Close programs that use it, or check the drive.</source>
            <translation>أغلق البرامج التي تستخدمه، أو افحص محرك الأقراص.</translation>
        </message>
        <message>
            <source>Move it to another folder; then try again.</source>
            <translation>انقله إلى مجلد آخر، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>The file was changed: it has {size_bytes:,} bytes instead of {expected:,}.</source>
            <translation>تم تغيير الملف: حجمه {size_bytes:,} بايت بدلًا من {expected:,}.</translation>
        </message>
        <message>
            <source>The file was changed: its SHA-256 is not the one of the receipt.</source>
            <translation>تم تغيير الملف: قيمة SHA-256 الخاصة به لا تطابق الإيصال.</translation>
        </message>
        <message>
            <source>The file {name} cannot be read: {reason}.</source>
            <translation>لا يمكن قراءة الملف {name}: {reason}.</translation>
        </message>
        <message>
            <source>The file {name} is missing.</source>
            <translation>الملف {name} مفقود.</translation>
        </message>
        <message>
            <source>The receipt cannot be read: {reason}.</source>
            <translation>تتعذر قراءة الإيصال: {reason}.</translation>
        </message>
        <message>
            <source>The receipt has version {version}, which this program does not know.</source>
            <translation>الإيصال من الإصدار {version} الذي لا يعرفه هذا البرنامج.</translation>
        </message>
        <message>
            <source>The receipt is damaged: {reason}.</source>
            <translation>الإيصال تالف: {reason}.</translation>
        </message>
        <message>
            <source>There is no receipt {name}.</source>
            <translation>لا يوجد إيصال {name}.</translation>
        </message>
        <message>
            <source>Use a newer version of the program.</source>
            <translation>استخدم إصدارًا أحدث من البرنامج.</translation>
        </message>
        <message>
            <source>Use the copy that was kept elsewhere.</source>
            <translation>استخدم النسخة المحفوظة في مكان آخر.</translation>
        </message>
        <message>
            <source>file.name is not a plain file name</source>
            <translation>‏file.name ليس اسم ملف عاديًا</translation>
        </message>
        <message>
            <source>file.sha256 is not a SHA-256</source>
            <translation>‏file.sha256 ليس قيمة SHA-256</translation>
        </message>
        <message>
            <source>file.sizeBytes is negative</source>
            <translation>‏file.sizeBytes سالب</translation>
        </message>
        <message>
            <source>it is far too large</source>
            <translation>حجمه كبير جدًا</translation>
        </message>
        <message>
            <source>it is not a receipt</source>
            <translation>ليس إيصالًا</translation>
        </message>
        <message>
            <source>it is not readable JSON</source>
            <translation>ليس JSON قابلًا للقراءة</translation>
        </message>
        <message>
            <source>kind is neither download nor export</source>
            <translation>‏kind ليس download ولا export</translation>
        </message>
        <message>
            <source>{name} cannot be written: {reason}.</source>
            <translation>تتعذر كتابة {name}: {reason}.</translation>
        </message>
        <message>
            <source>{name} is there already, and belongs to another file.</source>
            <translation>{name} موجود بالفعل، ويخص ملفًا آخر.</translation>
        </message>
        <message>
            <source>{path} does not hold only text</source>
            <translation>‏{path} لا يحتوي على نص فقط</translation>
        </message>
        <message>
            <source>{path} ends before it starts</source>
            <translation>‏{path} ينتهي قبل أن يبدأ</translation>
        </message>
        <message>
            <source>{path} is missing</source>
            <translation>‏{path} مفقود</translation>
        </message>
        <message>
            <source>{path} is not a time</source>
            <translation>‏{path} ليس وقتًا</translation>
        </message>
        <message>
            <source>{path} is not in order</source>
            <translation>‏{path} ليس مرتبًا</translation>
        </message>
        <message>
            <source>{path} is not {kind}</source>
            <translation>‏{path} ليس {kind}</translation>
        </message>
    </context>
</TS>
