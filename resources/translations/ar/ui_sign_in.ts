<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>&amp;Address</source>
            <translation>&amp;العنوان</translation>
        </message>
        <message>
            <source>&amp;Import a list…</source>
            <translation>ا&amp;ستيراد قائمة…</translation>
        </message>
        <message>
            <source>&amp;Method</source>
            <translation>ال&amp;طريقة</translation>
        </message>
        <message>
            <source>&amp;Password</source>
            <translation>&amp;كلمة المرور</translation>
        </message>
        <message>
            <source>&amp;Pinned certificates, SHA-256</source>
            <translation>ال&amp;شهادات المثبّتة، SHA-256</translation>
        </message>
        <message>
            <source>&amp;Requests</source>
            <translation>ال&amp;طلبات</translation>
        </message>
        <message>
            <source>&amp;Server</source>
            <translation>ال&amp;خادم</translation>
        </message>
        <message>
            <source>&amp;Streams from host</source>
            <translation>ال&amp;بث من المضيف</translation>
        </message>
        <message>
            <source>&amp;Transfers</source>
            <translation>عمليات ال&amp;نقل</translation>
        </message>
        <message>
            <source>&amp;User</source>
            <translation>ال&amp;مستخدم</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>إضافة</translation>
        </message>
        <message>
            <source>Add a server</source>
            <translation>إضافة خادم</translation>
        </message>
        <message>
            <source>Anybody in between could then read the password and change the pictures.</source>
            <translation>عندئذ يستطيع أي طرف في الطريق قراءة كلمة المرور وتغيير الصور.</translation>
        </message>
        <message>
            <source>Basic</source>
            <translation>Basic</translation>
        </message>
        <message>
            <source>Can its streams be reached?</source>
            <translation>هل يمكن الوصول إلى بثّه؟</translation>
        </message>
        <message>
            <source>Check the server</source>
            <translation>فحص الخادم</translation>
        </message>
        <message>
            <source>Choose a server</source>
            <translation>اختر خادمًا</translation>
        </message>
        <message>
            <source>Compare the fingerprint with the administrator's by another way before you trust it.</source>
            <translation>قارن البصمة ببصمة المسؤول بوسيلة أخرى قبل أن تثق بها.</translation>
        </message>
        <message>
            <source>Do not verify its certificate</source>
            <translation>عدم التحقق من شهادته</translation>
        </message>
        <message>
            <source>Do user and password work?</source>
            <translation>هل المستخدم وكلمة المرور صحيحان؟</translation>
        </message>
        <message>
            <source>Does anything answer?</source>
            <translation>هل يجيب أحد؟</translation>
        </message>
        <message>
            <source>Does it offer recordings?</source>
            <translation>هل يقدّم تسجيلات؟</translation>
        </message>
        <message>
            <source>E&amp;xport the list…</source>
            <translation>ت&amp;صدير القائمة…</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>تعديل…</translation>
        </message>
        <message>
            <source>For</source>
            <translation>لأجل</translation>
        </message>
        <message>
            <source>Forget…</source>
            <translation>حذف…</translation>
        </message>
        <message>
            <source>How is it protected?</source>
            <translation>كيف يُحمى الاتصال؟</translation>
        </message>
        <message>
            <source>I compared it with the administrator's fingerprint</source>
            <translation>قارنتها ببصمة المسؤول</translation>
        </message>
        <message>
            <source>Is its clock right?</source>
            <translation>هل ساعته مضبوطة؟</translation>
        </message>
        <message>
            <source>Issued by</source>
            <translation>صادرة عن</translation>
        </message>
        <message>
            <source>Issued to</source>
            <translation>صادرة لـ</translation>
        </message>
        <message>
            <source>Its certificate is not verified</source>
            <translation>لا يُتحقق من شهادته</translation>
        </message>
        <message>
            <source>More</source>
            <translation>المزيد</translation>
        </message>
        <message>
            <source>Open saved &amp;files instead…</source>
            <translation>فتح مل&amp;فات محفوظة بدلًا من ذلك…</translation>
        </message>
        <message>
            <source>OpenID (XProtect)</source>
            <translation>OpenID (XProtect)</translation>
        </message>
        <message>
            <source>Other &amp;hosts that may get the credentials</source>
            <translation>مضيفون آخرون ي&amp;جوز أن يتلقوا بيانات الاعتماد</translation>
        </message>
        <message>
            <source>Pinned is</source>
            <translation>المثبّتة</translation>
        </message>
        <message>
            <source>Remember the password on this computer</source>
            <translation>تذكّر كلمة المرور على هذا الحاسوب</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>حفظ</translation>
        </message>
        <message>
            <source>Send it all the same</source>
            <translation>إرسالها رغم ذلك</translation>
        </message>
        <message>
            <source>Server settings</source>
            <translation>إعدادات الخادم</translation>
        </message>
        <message>
            <source>Servers that you sign in to are listed here.</source>
            <translation>تُدرج هنا الخوادم التي تسجّل الدخول إليها.</translation>
        </message>
        <message>
            <source>Set by the administrator of this computer</source>
            <translation>ضبطه مسؤول هذا الحاسوب</translation>
        </message>
        <message>
            <source>Set by the administrator of this computer. You choose only who signs in.</source>
            <translation>ضبطه مسؤول هذا الحاسوب. أنت تختار فقط من يسجّل الدخول.</translation>
        </message>
        <message>
            <source>Shown is</source>
            <translation>المعروضة</translation>
        </message>
        <message>
            <source>Sign in to {title}</source>
            <translation>تسجيل الدخول إلى {title}</translation>
        </message>
        <message>
            <source>Streams without TLS may get the password by Basic</source>
            <translation>يجوز أن يتلقى البث بدون TLS كلمة المرور بطريقة Basic</translation>
        </message>
        <message>
            <source>The administrator of this computer allows only the servers of this list.</source>
            <translation>لا يسمح مسؤول هذا الحاسوب إلا بخوادم هذه القائمة.</translation>
        </message>
        <message>
            <source>The certificate of {where} has changed.</source>
            <translation>تغيّرت شهادة {where}.</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>رمز (Token)</translation>
        </message>
        <message>
            <source>Trust this certificate</source>
            <translation>الوثوق بهذه الشهادة</translation>
        </message>
        <message>
            <source>Type a name or an IP address, without https://.</source>
            <translation>اكتب اسمًا أو عنوان IP بدون https://.</translation>
        </message>
        <message>
            <source>Valid</source>
            <translation>صالحة</translation>
        </message>
        <message>
            <source>What else does it offer?</source>
            <translation>ماذا يقدّم أيضًا؟</translation>
        </message>
        <message>
            <source>Which sign-in does it want?</source>
            <translation>أي طريقة دخول يريد؟</translation>
        </message>
        <message>
            <source>all that the server allows</source>
            <translation>كل ما يسمح به الخادم</translation>
        </message>
        <message>
            <source>as the server says</source>
            <translation>كما يقول الخادم</translation>
        </message>
        <message>
            <source>at most {rate:g} MB a second</source>
            <translation>{rate:g} م.بايت في الثانية على الأكثر</translation>
        </message>
        <message>
            <source>name, or DOMAIN\name</source>
            <translation>الاسم أو DOMAIN\name</translation>
        </message>
        <message>
            <source>no limit for this server</source>
            <translation>بلا حدّ لهذا الخادم</translation>
        </message>
        <message>
            <source>none: this computer's trusted authorities decide</source>
            <translation>لا شيء: تقرّر الجهات الموثوقة في هذا الحاسوب</translation>
        </message>
        <message>
            <source>none; separate several by commas</source>
            <translation>لا أحد؛ افصل بين عدة مضيفين بفواصل</translation>
        </message>
        <message>
            <source>{first} to {last} (UTC)</source>
            <translation>من {first} إلى {last} (UTC)</translation>
        </message>
        <message>
            <source>{names} and {more} more</source>
            <translation>{names} و{more} غيرها</translation>
        </message>
        <message>
            <source>{percent} % of what the server allows</source>
            <translation>{percent}٪ مما يسمح به الخادم</translation>
        </message>
        <message>
            <source>“{host}” is not a host.</source>
            <translation>«{host}» ليس مضيفًا.</translation>
        </message>
    </context>
</TS>
