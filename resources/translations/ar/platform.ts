<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A folder cannot be called that. Choose another name.</source>
            <translation>لا يمكن أن يحمل مجلد هذا الاسم. اختر اسمًا آخر.</translation>
        </message>
        <message>
            <source>Allow it there. Until that is solved a password serves for this session only.</source>
            <translation>اسمح له هناك. إلى أن يُحل ذلك تصلح كلمة المرور لهذه الجلسة فقط.</translation>
        </message>
        <message>
            <source>Choose another place with --profile, or see to the rights of this one.</source>
            <translation>اختر موضعًا آخر بواسطة --profile، أو راجع أذونات هذا الموضع.</translation>
        </message>
        <message>
            <source>Choose one of the list, or ask the administrator.</source>
            <translation>اختر واحدًا من القائمة، أو اسأل المسؤول.</translation>
        </message>
        <message>
            <source>Delete what is not needed. Until that is solved a password serves for this session only.</source>
            <translation>احذف ما لا حاجة إليه. إلى أن يُحل ذلك تصلح كلمة المرور لهذه الجلسة فقط.</translation>
        </message>
        <message>
            <source>Passwords are not kept; you sign in each time.</source>
            <translation>لا تُحفظ كلمات المرور؛ تسجّل الدخول في كل مرة.</translation>
        </message>
        <message>
            <source>See to free space and rights there, then try again.</source>
            <translation>راجع المساحة الحرة والأذونات هناك، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>See to it. Until that is solved a password serves for this session only.</source>
            <translation>راجع الأمر. إلى أن يُحل ذلك تصلح كلمة المرور لهذه الجلسة فقط.</translation>
        </message>
        <message>
            <source>Some settings were damaged ({names}).</source>
            <translation>كانت بعض الإعدادات تالفة ({names}).</translation>
        </message>
        <message>
            <source>Start one (GNOME Keyring, KWallet) to have passwords kept; until then you sign in each time.</source>
            <translation>شغّل واحدًا (GNOME Keyring أو KWallet) لتُحفظ كلمات المرور؛ وحتى ذلك الحين تسجّل الدخول في كل مرة.</translation>
        </message>
        <message>
            <source>Start the program again.</source>
            <translation>شغّل البرنامج من جديد.</translation>
        </message>
        <message>
            <source>The administrator of this computer allows only certain servers.</source>
            <translation>لا يسمح مسؤول هذا الحاسوب إلا بخوادم معيّنة.</translation>
        </message>
        <message>
            <source>The administrator of this computer allows only servers with a trusted certificate.</source>
            <translation>لا يسمح مسؤول هذا الحاسوب إلا بخوادم ذات شهادة موثوقة.</translation>
        </message>
        <message>
            <source>The administrator's file {path} cannot be used: {why}.</source>
            <translation>لا يمكن استخدام ملف المسؤول {path}: {why}.</translation>
        </message>
        <message>
            <source>The damaged file was kept as {path}.</source>
            <translation>احتُفظ بالملف التالف باسم {path}.</translation>
        </message>
        <message>
            <source>The file {path} could not be written: {reason}.</source>
            <translation>تعذّرت كتابة الملف {path}: {reason}.</translation>
        </message>
        <message>
            <source>The folder {folder} could not be made: {reason}.</source>
            <translation>تعذّر إنشاء المجلد {folder}: {reason}.</translation>
        </message>
        <message>
            <source>The keyring denies this program access.</source>
            <translation>مخزن بيانات الاعتماد يمنع هذا البرنامج من الوصول.</translation>
        </message>
        <message>
            <source>The keyring does not answer; it may be waiting for somebody to unlock it.</source>
            <translation>مخزن بيانات الاعتماد لا يستجيب؛ ربما ينتظر أن يفتح أحدٌ قفله.</translation>
        </message>
        <message>
            <source>The keyring is full.</source>
            <translation>مخزن بيانات الاعتماد ممتلئ.</translation>
        </message>
        <message>
            <source>The keyring is locked.</source>
            <translation>مخزن بيانات الاعتماد مقفل.</translation>
        </message>
        <message>
            <source>The keyring refused or failed.</source>
            <translation>رفض مخزن بيانات الاعتماد أو تعطّل.</translation>
        </message>
        <message>
            <source>The keyring was closed.</source>
            <translation>أُغلق مخزن بيانات الاعتماد.</translation>
        </message>
        <message>
            <source>The program does not start without its rules; ask the administrator.</source>
            <translation>لا يبدأ البرنامج بدون قواعده؛ اسأل المسؤول.</translation>
        </message>
        <message>
            <source>The settings could not be read ({reason}).</source>
            <translation>تعذّرت قراءة الإعدادات ({reason}).</translation>
        </message>
        <message>
            <source>The settings were damaged and start anew.</source>
            <translation>كانت الإعدادات تالفة وتبدأ من جديد.</translation>
        </message>
        <message>
            <source>This computer has no keyring that passwords could be kept in.</source>
            <translation>لا يوجد في هذا الحاسوب مخزن بيانات اعتماد تُحفظ فيه كلمات المرور.</translation>
        </message>
        <message>
            <source>This drive is not there. Connect it, or choose another folder.</source>
            <translation>محرك الأقراص هذا غير موجود. وصّله أو اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>This folder cannot be used. Choose another one.</source>
            <translation>لا يمكن استخدام هذا المجلد. اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>This is not a whole path. Choose a folder.</source>
            <translation>هذا ليس مسارًا كاملًا. اختر مجلدًا.</translation>
        </message>
        <message>
            <source>This password is too long to be kept.</source>
            <translation>كلمة المرور هذه أطول من أن تُحفظ.</translation>
        </message>
        <message>
            <source>Unlock it. Until that is solved a password serves for this session only.</source>
            <translation>افتح قفله. إلى أن يُحل ذلك تصلح كلمة المرور لهذه الجلسة فقط.</translation>
        </message>
        <message>
            <source>Use an https:// address without exceptions, or ask the administrator.</source>
            <translation>استخدم عنوان https:// بدون استثناءات، أو اسأل المسؤول.</translation>
        </message>
        <message>
            <source>You may not write into this folder. Choose another one.</source>
            <translation>لا يُسمح لك بالكتابة في هذا المجلد. اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>You sign in each time.</source>
            <translation>تسجّل الدخول في كل مرة.</translation>
        </message>
        <message>
            <source>not JSON</source>
            <translation>ليس بصيغة JSON</translation>
        </message>
        <message>
            <source>not an object of a usable size</source>
            <translation>ليس كائنًا بحجم صالح</translation>
        </message>
        <message>
            <source>not readable</source>
            <translation>غير مقروء</translation>
        </message>
        <message>
            <source>servers export FILE writes one.</source>
            <translation>الأمر servers export FILE يكتب واحدة.</translation>
        </message>
        <message>
            <source>{name} is a file. Choose a folder.</source>
            <translation>{name} ملف. اختر مجلدًا.</translation>
        </message>
        <message>
            <source>{path} could not be read: {reason}.</source>
            <translation>تعذّرت قراءة {path}: {reason}.</translation>
        </message>
        <message>
            <source>{path} has wrong values: {names}.</source>
            <translation>في {path} قيم خاطئة: {names}.</translation>
        </message>
        <message>
            <source>{path} is not a list of servers.</source>
            <translation>{path} ليس قائمة خوادم.</translation>
        </message>
    </context>
</TS>
