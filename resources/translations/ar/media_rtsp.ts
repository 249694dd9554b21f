<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Add the host to this server's settings if it belongs to it.</source>
            <translation>أضف المضيف إلى إعدادات هذا الخادم إن كان تابعًا له.</translation>
        </message>
        <message>
            <source>Allow Basic for this server in its settings, if its network can be trusted.</source>
            <translation>اسمح بطريقة Basic لهذا الخادم في إعداداته إن كانت شبكته موثوقة.</translation>
        </message>
        <message>
            <source>Ask the server's administrator for the right to play recordings.</source>
            <translation>اطلب من مسؤول الخادم صلاحية تشغيل التسجيلات.</translation>
        </message>
        <message>
            <source>Ask the server's administrator which kind of RTSP replay it offers.</source>
            <translation>اسأل مسؤول الخادم عن نوع تشغيل RTSP الذي يوفره.</translation>
        </message>
        <message>
            <source>Ask the server's administrator.</source>
            <translation>اسأل مسؤول الخادم.</translation>
        </message>
        <message>
            <source>Ask the server's administrator; the viewer does not follow such a redirect.</source>
            <translation>اسأل مسؤول الخادم؛ لا يتبع البرنامج إعادة توجيه كهذه.</translation>
        </message>
        <message>
            <source>Check that the address leads to the recording server's streams.</source>
            <translation>تحقق من أن العنوان يؤدي إلى بث خادم التسجيل.</translation>
        </message>
        <message>
            <source>Check that the recording server runs and that no firewall is in the way.</source>
            <translation>تحقق من أن خادم التسجيل يعمل ومن عدم وجود جدار حماية يعترض.</translation>
        </message>
        <message>
            <source>Check that the server really offers TLS on this port.</source>
            <translation>تحقق من أن الخادم يوفر TLS فعلًا على هذا المنفذ.</translation>
        </message>
        <message>
            <source>Check the address, or switch on the sign-in address for streams.</source>
            <translation>تحقق من العنوان، أو فعّل استخدام عنوان تسجيل الدخول للبث.</translation>
        </message>
        <message>
            <source>Check the network, and that no firewall is in the way.</source>
            <translation>تحقق من الشبكة ومن عدم وجود جدار حماية يعترض.</translation>
        </message>
        <message>
            <source>Check the network; the viewer can try again.</source>
            <translation>تحقق من الشبكة؛ يمكن للبرنامج المحاولة مجددًا.</translation>
        </message>
        <message>
            <source>Choose an earlier time.</source>
            <translation>اختر وقتًا أسبق.</translation>
        </message>
        <message>
            <source>Choose another time.</source>
            <translation>اختر وقتًا آخر.</translation>
        </message>
        <message>
            <source>It may be playing too many: close some pictures and try again in a moment.</source>
            <translation>ربما يشغّل عددًا كبيرًا منها: أغلق بعض الصور وحاول مجددًا بعد قليل.</translation>
        </message>
        <message>
            <source>No connection to the stream on {host}, port {port}.</source>
            <translation>لا يوجد اتصال بالبث على {host}، المنفذ {port}.</translation>
        </message>
        <message>
            <source>No encrypted connection to {host} is possible.</source>
            <translation>لا يمكن إنشاء اتصال مشفَّر بـ {host}.</translation>
        </message>
        <message>
            <source>Nothing was recorded at that time or earlier.</source>
            <translation>لم يُسجَّل شيء في ذلك الوقت أو قبله.</translation>
        </message>
        <message>
            <source>Nothing was recorded at that time or later.</source>
            <translation>لم يُسجَّل شيء في ذلك الوقت أو بعده.</translation>
        </message>
        <message>
            <source>Nothing was recorded at that time.</source>
            <translation>لم يُسجَّل شيء في ذلك الوقت.</translation>
        </message>
        <message>
            <source>Play again.</source>
            <translation>أعد التشغيل.</translation>
        </message>
        <message>
            <source>Set the camera to H.264, H.265 or MJPEG.</source>
            <translation>اضبط الكاميرا على H.264 أو H.265 أو MJPEG.</translation>
        </message>
        <message>
            <source>Set the camera to a key frame each few seconds.</source>
            <translation>اضبط الكاميرا على صورة أساسية كل بضع ثوانٍ.</translation>
        </message>
        <message>
            <source>Sign in again; the user may also lack the right to play recordings.</source>
            <translation>سجّل الدخول مجددًا؛ وقد لا يملك المستخدم صلاحية تشغيل التسجيلات.</translation>
        </message>
        <message>
            <source>Switch on Digest (SHA-256 or MD5) on the recording server.</source>
            <translation>فعّل Digest ‏(SHA-256 أو MD5) على خادم التسجيل.</translation>
        </message>
        <message>
            <source>Switch on RTSP over TCP (interleaved) on the recording server.</source>
            <translation>فعّل RTSP عبر TCP ‏(interleaved) على خادم التسجيل.</translation>
        </message>
        <message>
            <source>Tell the server's administrator.</source>
            <translation>أبلغ مسؤول الخادم.</translation>
        </message>
        <message>
            <source>The camera may have been deleted; reload the cameras (F5).</source>
            <translation>ربما حُذفت الكاميرا؛ أعد تحميل الكاميرات (F5).</translation>
        </message>
        <message>
            <source>The connection to the stream was closed.</source>
            <translation>أُغلق الاتصال بالبث.</translation>
        </message>
        <message>
            <source>The encrypted connection to {host} failed.</source>
            <translation>فشل الاتصال المشفَّر بـ {host}.</translation>
        </message>
        <message>
            <source>The end of the time to play is not after its start.</source>
            <translation>نهاية وقت التشغيل ليست بعد بدايته.</translation>
        </message>
        <message>
            <source>The host {host} of the stream has no address.</source>
            <translation>ليس لمضيف البث {host} عنوان.</translation>
        </message>
        <message>
            <source>The host {host} of the stream is not known.</source>
            <translation>مضيف البث {host} غير معروف.</translation>
        </message>
        <message>
            <source>The recording server and the viewer find no common way to play.</source>
            <translation>لم يجد خادم التسجيل والبرنامج طريقة مشتركة للتشغيل.</translation>
        </message>
        <message>
            <source>The recording server cannot play this stream now.</source>
            <translation>لا يستطيع خادم التسجيل تشغيل هذا البث الآن.</translation>
        </message>
        <message>
            <source>The recording server does not allow this user to play this camera.</source>
            <translation>لا يسمح خادم التسجيل لهذا المستخدم بتشغيل هذه الكاميرا.</translation>
        </message>
        <message>
            <source>The recording server does not offer its streams over TCP.</source>
            <translation>لا يوفر خادم التسجيل بثّه عبر TCP.</translation>
        </message>
        <message>
            <source>The recording server ended our session.</source>
            <translation>أنهى خادم التسجيل جلستنا.</translation>
        </message>
        <message>
            <source>The recording server has no stream at the address that it gave.</source>
            <translation>لا يوجد لدى خادم التسجيل بث على العنوان الذي أعطاه.</translation>
        </message>
        <message>
            <source>The recording server refused the request {method} for the stream ({status} {reason}).</source>
            <translation>رفض خادم التسجيل الطلب {method} للبث ({status} {reason}).</translation>
        </message>
        <message>
            <source>The recording server's streams refuse the user name or the password.</source>
            <translation>يرفض بث خادم التسجيل اسم المستخدم أو كلمة المرور.</translation>
        </message>
        <message>
            <source>The server gave an address for the stream that is not an RTSP address.</source>
            <translation>أعطى الخادم عنوانًا للبث ليس عنوان RTSP.</translation>
        </message>
        <message>
            <source>The server sends pictures without ever answering the request.</source>
            <translation>يرسل الخادم صورًا دون أن يجيب عن الطلب.</translation>
        </message>
        <message>
            <source>The stream asks for a kind of sign-in that the viewer does not know.</source>
            <translation>يطلب البث نوعًا من تسجيل الدخول لا يعرفه البرنامج.</translation>
        </message>
        <message>
            <source>The stream asks for the password in readable form over an unencrypted connection.</source>
            <translation>يطلب البث كلمة المرور بصيغة مقروءة عبر اتصال غير مشفَّر.</translation>
        </message>
        <message>
            <source>The stream has no picture at which decoding can start.</source>
            <translation>لا توجد في البث صورة يمكن أن يبدأ منها فك الترميز.</translation>
        </message>
        <message>
            <source>The stream has no pictures in a format that the viewer knows (offered: {formats}).</source>
            <translation>لا توجد في البث صور بصيغة يعرفها البرنامج (المتاح: {formats}).</translation>
        </message>
        <message>
            <source>The stream has no pictures in a format that the viewer knows.</source>
            <translation>لا توجد في البث صور بصيغة يعرفها البرنامج.</translation>
        </message>
        <message>
            <source>The stream is on {host}, which is not a host of this server, and asks for a password.</source>
            <translation>البث على {host}، وهو ليس مضيفًا تابعًا لهذا الخادم، ويطلب كلمة مرور.</translation>
        </message>
        <message>
            <source>The stream is redirected from one address to the next without end.</source>
            <translation>يُعاد توجيه البث من عنوان إلى آخر بلا نهاية.</translation>
        </message>
        <message>
            <source>The stream was redirected from an encrypted to an unencrypted connection.</source>
            <translation>أُعيد توجيه البث من اتصال مشفَّر إلى اتصال غير مشفَّر.</translation>
        </message>
        <message>
            <source>The stream was redirected to {host}, which is not a host of this server.</source>
            <translation>أُعيد توجيه البث إلى {host}، وهو ليس مضيفًا تابعًا لهذا الخادم.</translation>
        </message>
        <message>
            <source>The stream's host {host} did not answer in time.</source>
            <translation>لم يُجب مضيف البث {host} في الوقت المحدد.</translation>
        </message>
        <message>
            <source>The viewer can try again; if it happens often, ask the server's administrator.</source>
            <translation>يمكن للبرنامج المحاولة مجددًا؛ إن تكرر ذلك فاسأل مسؤول الخادم.</translation>
        </message>
        <message>
            <source>This recording server does not play backwards by itself.</source>
            <translation>لا يشغّل خادم التسجيل هذا إلى الوراء بنفسه.</translation>
        </message>
        <message>
            <source>This recording server says that it plays backwards, but does not.</source>
            <translation>يقول خادم التسجيل هذا إنه يشغّل إلى الوراء، لكنه لا يفعل.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, ask the server's administrator.</source>
            <translation>حاول مجددًا؛ إن بقي الأمر كذلك فاسأل مسؤول الخادم.</translation>
        </message>
        <message>
            <source>Try another time or camera; if it stays so, ask the server's administrator.</source>
            <translation>جرّب وقتًا آخر أو كاميرا أخرى؛ إن بقي الأمر كذلك فاسأل مسؤول الخادم.</translation>
        </message>
        <message>
            <source>Use the sign-in address for streams, or add the host in this server's settings.</source>
            <translation>استخدم عنوان تسجيل الدخول للبث، أو أضف المضيف في إعدادات هذا الخادم.</translation>
        </message>
        <message>
            <source>a web server's answer</source>
            <translation>إجابة خادم ويب</translation>
        </message>
        <message>
            <source>absurd Content-Length {shown}</source>
            <translation>قيمة Content-Length غير معقولة {shown}</translation>
        </message>
        <message>
            <source>endless header fields</source>
            <translation>حقول ترويسة بلا نهاية</translation>
        </message>
        <message>
            <source>garbage instead of data</source>
            <translation>بيانات لا معنى لها</translation>
        </message>
        <message>
            <source>too many header fields</source>
            <translation>حقول ترويسة أكثر من اللازم</translation>
        </message>
        <message>
            <source>unknown reason</source>
            <translation>سبب غير معروف</translation>
        </message>
        <message>
            <source>{host} answered other requests than the request {method} for the stream.</source>
            <translation>أجاب {host} عن طلبات غير الطلب {method} للبث.</translation>
        </message>
        <message>
            <source>{host} did not answer the request {method} for the stream.</source>
            <translation>لم يُجب {host} عن الطلب {method} للبث.</translation>
        </message>
        <message>
            <source>{host} does not speak RTSP as it should: {reason}.</source>
            <translation>لا يلتزم {host} ببروتوكول RTSP كما ينبغي: {reason}.</translation>
        </message>
        <message>
            <source>{host} does not take our requests any more.</source>
            <translation>لم يعد {host} يقبل طلباتنا.</translation>
        </message>
        <message>
            <source>{host} ended the connection to the stream.</source>
            <translation>أنهى {host} الاتصال بالبث.</translation>
        </message>
        <message>
            <source>{host} fell silent: no pictures and no answer.</source>
            <translation>توقف {host} عن الإجابة: لا صور ولا رد.</translation>
        </message>
        <message>
            <source>{host} sends no pictures.</source>
            <translation>لا يرسل {host} صورًا.</translation>
        </message>
    </context>
</TS>
