<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>A certificate is pinned for this server, but its address is one without TLS.</source>
            <translation>هناك شهادة مثبّتة لهذا الخادم، لكن عنوانه بدون TLS.</translation>
        </message>
        <message>
            <source>A native XProtect gateway answers like this; the viewer needs a server with the recordings API.</source>
            <translation>هكذا تجيب بوابة XProtect أصلية؛ يحتاج العارض إلى خادم يقدّم واجهة التسجيلات.</translation>
        </message>
        <message>
            <source>A server answers at {address}.</source>
            <translation>يجيب خادم عند {address}.</translation>
        </message>
        <message>
            <source>A user name with a colon cannot be used with this server.</source>
            <translation>لا يمكن استخدام اسم مستخدم فيه نقطتان رأسيتان مع هذا الخادم.</translation>
        </message>
        <message>
            <source>A watermark is only possible by export.</source>
            <translation>العلامة المائية ممكنة بالتصدير فقط.</translation>
        </message>
        <message>
            <source>Ask for the export again.</source>
            <translation>اطلب التصدير من جديد.</translation>
        </message>
        <message>
            <source>Ask the network's administrator to have this server reached without the proxy, or for an address of the proxy with user and password, for the variables HTTPS_PROXY and HTTP_PROXY.</source>
            <translation>اطلب من مسؤول الشبكة أن يُوصَل إلى هذا الخادم دون الوكيل، أو اطلب عنوانًا للوكيل فيه اسم مستخدم وكلمة مرور، للمتغيرين HTTPS_PROXY و HTTP_PROXY.</translation>
        </message>
        <message>
            <source>Check both, and the domain before the backslash.</source>
            <translation>تحقق من الاثنين، ومن النطاق قبل الشرطة المائلة العكسية.</translation>
        </message>
        <message>
            <source>Check both; upper and lower case matter in the password.</source>
            <translation>تحقق من الاثنين؛ الأحرف الكبيرة والصغيرة مهمة في كلمة المرور.</translation>
        </message>
        <message>
            <source>Check network and VPN.</source>
            <translation>تحقق من الشبكة ومن VPN.</translation>
        </message>
        <message>
            <source>Check the address and the port.</source>
            <translation>تحقق من العنوان والمنفذ.</translation>
        </message>
        <message>
            <source>Check the address and the port. A proxy or another program may be answering in its place.</source>
            <translation>تحقق من العنوان والمنفذ. قد يجيب مكانه وكيل أو برنامج آخر.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>تحقق من العنوان.</translation>
        </message>
        <message>
            <source>Check the drive or the network share.</source>
            <translation>تحقق من محرك الأقراص أو من المشاركة الشبكية.</translation>
        </message>
        <message>
            <source>Check the network and try again.</source>
            <translation>تحقق من الشبكة وأعد المحاولة.</translation>
        </message>
        <message>
            <source>Check the network and whether the server runs.</source>
            <translation>تحقق من الشبكة ومن أن الخادم يعمل.</translation>
        </message>
        <message>
            <source>Check the network.</source>
            <translation>تحقق من الشبكة.</translation>
        </message>
        <message>
            <source>Check the spelling, the network and the VPN.</source>
            <translation>تحقق من الكتابة ومن الشبكة ومن VPN.</translation>
        </message>
        <message>
            <source>Check the system's proxy settings.</source>
            <translation>تحقق من إعدادات الوكيل في النظام.</translation>
        </message>
        <message>
            <source>Choose another folder, or close the program that uses the file.</source>
            <translation>اختر مجلدًا آخر، أو أغلق البرنامج الذي يستخدم الملف.</translation>
        </message>
        <message>
            <source>Choose another time on the timeline.</source>
            <translation>اختر وقتًا آخر على الخط الزمني.</translation>
        </message>
        <message>
            <source>Files come as {formats}.</source>
            <translation>تأتي الملفات بصيغة {formats}.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder; then try again.</source>
            <translation>أخلِ بعض المساحة أو اختر مجلدًا آخر، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>If it stays with one file only, the gateway may not wait until the server has packaged it: choose a shorter range, or an export.</source>
            <translation>إذا بقي ذلك مع ملف واحد فقط، فقد لا تنتظر البوابة إلى أن يجهّزه الخادم: اختر مدى أقصر أو تصديرًا.</translation>
        </message>
        <message>
            <source>If you trust that address, sign in there.</source>
            <translation>إذا كنت تثق بذلك العنوان فسجّل الدخول هناك.</translation>
        </message>
        <message>
            <source>Install it, or sign in as a user of the server itself.</source>
            <translation>ثبّتها، أو سجّل الدخول كمستخدم للخادم نفسه.</translation>
        </message>
        <message>
            <source>Is it http:// instead of https://?</source>
            <translation>أهو http:// بدلًا من https://؟</translation>
        </message>
        <message>
            <source>Is this a recording server?</source>
            <translation>أهذا خادم تسجيل؟</translation>
        </message>
        <message>
            <source>It does not say what time it has.</source>
            <translation>لا يخبر بوقته.</translation>
        </message>
        <message>
            <source>It does not say which sign-in it wants.</source>
            <translation>لا يخبر أي طريقة دخول يريد.</translation>
        </message>
        <message>
            <source>It is on this computer.</source>
            <translation>هو على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>It is spoken to without TLS: anybody in between can read the password.</source>
            <translation>الاتصال به بدون TLS: يستطيع أي طرف في الطريق قراءة كلمة المرور.</translation>
        </message>
        <message>
            <source>It knows Basic, token and OpenID sign-in.</source>
            <translation>يعرف العارض الدخول بطرق Basic والرمز وOpenID.</translation>
        </message>
        <message>
            <source>It offers sign-in by {ways}.</source>
            <translation>يقدّم الدخول بطريقة {ways}.</translation>
        </message>
        <message>
            <source>It offers the recordings API: {name}.</source>
            <translation>يقدّم واجهة التسجيلات: {name}.</translation>
        </message>
        <message>
            <source>Its certificate is not checked: anybody in between could read the password.</source>
            <translation>لا يُتحقق من شهادته: قد يقرأ كلمة المرور أي طرف في الطريق.</translation>
        </message>
        <message>
            <source>Its certificate is the pinned one.</source>
            <translation>شهادته هي المثبّتة.</translation>
        </message>
        <message>
            <source>Its certificate is trusted by this computer.</source>
            <translation>يثق هذا الحاسوب بشهادته.</translation>
        </message>
        <message>
            <source>Its clock agrees with this computer's.</source>
            <translation>ساعته متفقة مع ساعة هذا الحاسوب.</translation>
        </message>
        <message>
            <source>Its clock is {apart} ahead of this computer's: what was recorded at a time may be off by that.</source>
            <translation>ساعته متقدمة {apart} على ساعة هذا الحاسوب: قد تنحرف أوقات التسجيلات بهذا القدر.</translation>
        </message>
        <message>
            <source>Its clock is {apart} behind this computer's: what was recorded at a time may be off by that.</source>
            <translation>ساعته متأخرة {apart} عن ساعة هذا الحاسوب: قد تنحرف أوقات التسجيلات بهذا القدر.</translation>
        </message>
        <message>
            <source>Its streams can be reached.</source>
            <translation>يمكن الوصول إلى بثّه.</translation>
        </message>
        <message>
            <source>No address was given.</source>
            <translation>لم يُعطَ عنوان.</translation>
        </message>
        <message>
            <source>No camera has footage of the last day to try a stream with.</source>
            <translation>لا توجد لأي كاميرا تسجيلات من اليوم الأخير لتجربة البث.</translation>
        </message>
        <message>
            <source>No server address was given.</source>
            <translation>لم يُعطَ عنوان خادم.</translation>
        </message>
        <message>
            <source>Nobody is signed in to this server.</source>
            <translation>لم يسجّل أحد الدخول إلى هذا الخادم.</translation>
        </message>
        <message>
            <source>Nothing answers at {where}: the connection was refused.</source>
            <translation>لا يجيب شيء عند {where}: رُفض الاتصال.</translation>
        </message>
        <message>
            <source>Open any web page in a browser, sign in to the network there, and try again.</source>
            <translation>افتح أي صفحة ويب في متصفح، وسجّل الدخول إلى الشبكة هناك، ثم حاول من جديد.</translation>
        </message>
        <message>
            <source>Ports are numbers from 1 to 65535.</source>
            <translation>المنافذ أرقام من 1 إلى 65535.</translation>
        </message>
        <message>
            <source>Recordings are {codecs}.</source>
            <translation>ترميز التسجيلات {codecs}.</translation>
        </message>
        <message>
            <source>Reload the cameras (F5).</source>
            <translation>أعد تحميل الكاميرات (F5).</translation>
        </message>
        <message>
            <source>Save it to a drive that is not FAT32, or a shorter range.</source>
            <translation>احفظه على محرك أقراص ليس FAT32، أو احفظ مدى أقصر.</translation>
        </message>
        <message>
            <source>Sign in again.</source>
            <translation>سجّل الدخول من جديد.</translation>
        </message>
        <message>
            <source>Sign in as a user of the server.</source>
            <translation>سجّل الدخول كمستخدم للخادم.</translation>
        </message>
        <message>
            <source>Signing in as a Windows user takes the Python package pyspnego.</source>
            <translation>يتطلب الدخول كمستخدم Windows حزمة بايثون pyspnego.</translation>
        </message>
        <message>
            <source>Something answers, by TLS.</source>
            <translation>هناك من يجيب، عبر TLS.</translation>
        </message>
        <message>
            <source>Something answers.</source>
            <translation>هناك من يجيب.</translation>
        </message>
        <message>
            <source>The address has a user name in it.</source>
            <translation>في العنوان اسم مستخدم.</translation>
        </message>
        <message>
            <source>The camera does not exist on the server any more.</source>
            <translation>لم تعد الكاميرا موجودة على الخادم.</translation>
        </message>
        <message>
            <source>The camera is offline.</source>
            <translation>الكاميرا غير متصلة.</translation>
        </message>
        <message>
            <source>The connection broke off before the file was complete.</source>
            <translation>انقطع الاتصال قبل اكتمال الملف.</translation>
        </message>
        <message>
            <source>The connection to the server was closed.</source>
            <translation>أُغلق الاتصال بالخادم.</translation>
        </message>
        <message>
            <source>The connection to this server was closed.</source>
            <translation>أُغلق الاتصال بهذا الخادم.</translation>
        </message>
        <message>
            <source>The connection to {where} broke off.</source>
            <translation>انقطع الاتصال بـ {where}.</translation>
        </message>
        <message>
            <source>The disk has too little space: {megabytes:.0f} MB are missing in {folder}.</source>
            <translation>مساحة القرص لا تكفي: ينقص {megabytes:.0f} م.بايت في {folder}.</translation>
        </message>
        <message>
            <source>The disk is full: {folder}.</source>
            <translation>القرص ممتلئ: {folder}.</translation>
        </message>
        <message>
            <source>The file is too large for this drive: {folder}.</source>
            <translation>الملف أكبر مما يسمح به محرك الأقراص: {folder}.</translation>
        </message>
        <message>
            <source>The file on the server has changed.</source>
            <translation>تغيّر الملف على الخادم.</translation>
        </message>
        <message>
            <source>The file was not fetched. Tell the server's administrator.</source>
            <translation>لم يُجلب الملف. أخبر مسؤول الخادم.</translation>
        </message>
        <message>
            <source>The folder {folder} does not exist.</source>
            <translation>المجلد {folder} غير موجود.</translation>
        </message>
        <message>
            <source>The gateway before the server gets no answer from it</source>
            <translation>البوابة أمام الخادم لا تتلقى منه جوابًا</translation>
        </message>
        <message>
            <source>The link to the export does not work (any more).</source>
            <translation>رابط التصدير لا يعمل (أو لم يعد يعمل).</translation>
        </message>
        <message>
            <source>The link to the export has expired.</source>
            <translation>انتهت صلاحية رابط التصدير.</translation>
        </message>
        <message>
            <source>The link to the file does not work (any more).</source>
            <translation>رابط الملف لا يعمل (أو لم يعد يعمل).</translation>
        </message>
        <message>
            <source>The name in {where} is unknown.</source>
            <translation>الاسم في {where} غير معروف.</translation>
        </message>
        <message>
            <source>The proxy of this network does not let us through to {where}.</source>
            <translation>وكيل هذه الشبكة لا يسمح بالمرور إلى {where}.</translation>
        </message>
        <message>
            <source>The proxy of this network wants a sign-in of its own.</source>
            <translation>وكيل هذه الشبكة يطلب تسجيل دخول خاصًا به.</translation>
        </message>
        <message>
            <source>The request did not reach the server in time</source>
            <translation>لم يصل الطلب إلى الخادم في الوقت المناسب</translation>
        </message>
        <message>
            <source>The server asks for a pause: too many requests or exports at once.</source>
            <translation>يطلب الخادم توقفًا: طلبات أو عمليات تصدير كثيرة في آن واحد.</translation>
        </message>
        <message>
            <source>The server calls the export completed, but gives no address for it.</source>
            <translation>يقول الخادم إن التصدير اكتمل، لكنه لا يعطي عنوانه.</translation>
        </message>
        <message>
            <source>The server cannot know anything called “{name}”.</source>
            <translation>لا يمكن أن يعرف الخادم شيئًا اسمه «{name}».</translation>
        </message>
        <message>
            <source>The server compresses the file although it was asked not to.</source>
            <translation>يضغط الخادم الملف رغم أنه طُلب منه ألا يفعل.</translation>
        </message>
        <message>
            <source>The server did not accept the request</source>
            <translation>لم يقبل الخادم الطلب</translation>
        </message>
        <message>
            <source>The server did not accept the user name or the password.</source>
            <translation>لم يقبل الخادم اسم المستخدم أو كلمة المرور.</translation>
        </message>
        <message>
            <source>The server does not accept the user name or the password any more.</source>
            <translation>لم يعد الخادم يقبل اسم المستخدم أو كلمة المرور.</translation>
        </message>
        <message>
            <source>The server does not accept this way of sign-in ({endpoint}).</source>
            <translation>لا يقبل الخادم طريقة الدخول هذه ({endpoint}).</translation>
        </message>
        <message>
            <source>The server does not accept this way of sign-in ({endpoint}): {words}</source>
            <translation>لا يقبل الخادم طريقة الدخول هذه ({endpoint}): {words}</translation>
        </message>
        <message>
            <source>The server does not go on where a transfer broke off.</source>
            <translation>لا يستأنف الخادم النقل من حيث انقطع.</translation>
        </message>
        <message>
            <source>The server does not keep to its contract: tell its administrator.</source>
            <translation>لا يلتزم الخادم بعقده: أخبر مسؤوله.</translation>
        </message>
        <message>
            <source>The server does not know that</source>
            <translation>لا يعرف الخادم ذلك</translation>
        </message>
        <message>
            <source>The server does not know this export any more.</source>
            <translation>لم يعد الخادم يعرف هذا التصدير.</translation>
        </message>
        <message>
            <source>The server does not offer a way of sign-in that the viewer knows.</source>
            <translation>لا يقدّم الخادم طريقة دخول يعرفها العارض.</translation>
        </message>
        <message>
            <source>The server does not offer {endpoint}.</source>
            <translation>لا يقدّم الخادم {endpoint}.</translation>
        </message>
        <message>
            <source>The server does not offer: {names}.</source>
            <translation>لا يقدّم الخادم: {names}.</translation>
        </message>
        <message>
            <source>The server failed</source>
            <translation>تعطّل الخادم</translation>
        </message>
        <message>
            <source>The server has deleted the file.</source>
            <translation>حذف الخادم الملف.</translation>
        </message>
        <message>
            <source>The server is not available at the moment.</source>
            <translation>الخادم غير متاح حاليًا.</translation>
        </message>
        <message>
            <source>The server named an address that is malformed.</source>
            <translation>ذكر الخادم عنوانًا غير سليم.</translation>
        </message>
        <message>
            <source>The server named an address that the viewer does not fetch from.</source>
            <translation>ذكر الخادم عنوانًا لا يجلب منه العارض.</translation>
        </message>
        <message>
            <source>The server names a size that no file can have.</source>
            <translation>يذكر الخادم حجمًا لا يمكن أن يكون لملف.</translation>
        </message>
        <message>
            <source>The server offers the file without encryption, although it was signed in to by https.</source>
            <translation>يقدّم الخادم الملف بدون تشفير، رغم أن الدخول إليه كان عبر https.</translation>
        </message>
        <message>
            <source>The server refused</source>
            <translation>رفض الخادم</translation>
        </message>
        <message>
            <source>The server sends us round in circles.</source>
            <translation>يدور بنا الخادم في حلقة مفرغة.</translation>
        </message>
        <message>
            <source>The server sends us to an address that is malformed.</source>
            <translation>يحيلنا الخادم إلى عنوان غير سليم.</translation>
        </message>
        <message>
            <source>The server sends us to another address: {address}.</source>
            <translation>يحيلنا الخادم إلى عنوان آخر: {address}.</translation>
        </message>
        <message>
            <source>The server sends {endpoint} elsewhere.</source>
            <translation>يحيل الخادم {endpoint} إلى موضع آخر.</translation>
        </message>
        <message>
            <source>The server sent a message in place of the video.</source>
            <translation>أرسل الخادم رسالة بدل الفيديو.</translation>
        </message>
        <message>
            <source>The server sent a message in place of the video: {words}</source>
            <translation>أرسل الخادم رسالة بدل الفيديو: {words}</translation>
        </message>
        <message>
            <source>The server sent an empty file.</source>
            <translation>أرسل الخادم ملفًا فارغًا.</translation>
        </message>
        <message>
            <source>The server sent another part of the file than was asked.</source>
            <translation>أرسل الخادم جزءًا من الملف غير المطلوب.</translation>
        </message>
        <message>
            <source>The server sent more than the whole file.</source>
            <translation>أرسل الخادم أكثر من الملف كله.</translation>
        </message>
        <message>
            <source>The server takes no Windows users.</source>
            <translation>لا يقبل الخادم مستخدمي Windows.</translation>
        </message>
        <message>
            <source>The server wants to be asked once more, a little later.</source>
            <translation>يريد الخادم أن يُسأل مرة أخرى بعد قليل.</translation>
        </message>
        <message>
            <source>The server's answer arrives too slowly.</source>
            <translation>يصل جواب الخادم ببطء شديد.</translation>
        </message>
        <message>
            <source>The server's answer is far too large.</source>
            <translation>جواب الخادم أكبر بكثير مما ينبغي.</translation>
        </message>
        <message>
            <source>The server's messages for it are not understood; ask its administrator.</source>
            <translation>رسائل الخادم بشأنه غير مفهومة؛ اسأل مسؤوله.</translation>
        </message>
        <message>
            <source>The sign-in as a Windows user could not be carried on.</source>
            <translation>تعذّرت متابعة الدخول كمستخدم Windows.</translation>
        </message>
        <message>
            <source>The sign-in works ({method}).</source>
            <translation>تسجيل الدخول يعمل ({method}).</translation>
        </message>
        <message>
            <source>The transfer broke off again and again.</source>
            <translation>انقطع النقل مرة بعد مرة.</translation>
        </message>
        <message>
            <source>There is no way to {where} from this computer.</source>
            <translation>لا طريق من هذا الحاسوب إلى {where}.</translation>
        </message>
        <message>
            <source>This address answers with a web page, not as a recording server.</source>
            <translation>يجيب هذا العنوان بصفحة ويب، لا كخادم تسجيل.</translation>
        </message>
        <message>
            <source>This address answers with a web page, not as a recording server. (status {status})</source>
            <translation>يجيب هذا العنوان بصفحة ويب، لا كخادم تسجيل. (الحالة {status})</translation>
        </message>
        <message>
            <source>This network wants a sign-in of its own before it lets anything through.</source>
            <translation>تطلب هذه الشبكة تسجيل دخول خاصًا بها قبل أن تسمح بمرور أي شيء.</translation>
        </message>
        <message>
            <source>This server does not offer the recordings API.</source>
            <translation>لا يقدّم هذا الخادم واجهة التسجيلات.</translation>
        </message>
        <message>
            <source>This user is not allowed to do that on the server.</source>
            <translation>لا يُسمح لهذا المستخدم بذلك على الخادم.</translation>
        </message>
        <message numerus="yes">
            <source>This user sees at least {n} cameras.</source>
            <translation>
                <numerusform>يرى هذا المستخدم {n} كاميرا على الأقل.</numerusform>
                <numerusform>يرى هذا المستخدم كاميرا واحدة على الأقل.</numerusform>
                <numerusform>يرى هذا المستخدم كاميرتين على الأقل.</numerusform>
                <numerusform>يرى هذا المستخدم {n} كاميرات على الأقل.</numerusform>
                <numerusform>يرى هذا المستخدم {n} كاميرا على الأقل.</numerusform>
                <numerusform>يرى هذا المستخدم {n} كاميرا على الأقل.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This user sees {n} cameras.</source>
            <translation>
                <numerusform>لا يرى هذا المستخدم أي كاميرا.</numerusform>
                <numerusform>يرى هذا المستخدم كاميرا واحدة.</numerusform>
                <numerusform>يرى هذا المستخدم كاميرتين.</numerusform>
                <numerusform>يرى هذا المستخدم {n} كاميرات.</numerusform>
                <numerusform>يرى هذا المستخدم {n} كاميرا.</numerusform>
                <numerusform>يرى هذا المستخدم {n} كاميرا.</numerusform>
            </translation>
        </message>
        <message>
            <source>Try again when it is back.</source>
            <translation>أعد المحاولة عند عودتها.</translation>
        </message>
        <message>
            <source>Try again, or choose another time.</source>
            <translation>أعد المحاولة، أو اختر وقتًا آخر.</translation>
        </message>
        <message>
            <source>Try again; if it stays, see the server's log.</source>
            <translation>أعد المحاولة؛ وإن بقي الأمر فراجع سجل الخادم.</translation>
        </message>
        <message>
            <source>Type a name or an IP address, with a port if needed: https://server.example:8090.</source>
            <translation>اكتب اسمًا أو عنوان IP، مع المنفذ عند الحاجة: https://server.example:8090.</translation>
        </message>
        <message>
            <source>Type the user and the password in their own fields.</source>
            <translation>اكتب المستخدم وكلمة المرور في حقليهما.</translation>
        </message>
        <message>
            <source>What answers at this address is not a recording server.</source>
            <translation>ما يجيب عند هذا العنوان ليس خادم تسجيل.</translation>
        </message>
        <message>
            <source>What {where} answers is not HTTP.</source>
            <translation>ما يجيب به {where} ليس HTTP.</translation>
        </message>
        <message>
            <source>camera details</source>
            <translation>تفاصيل الكاميرات</translation>
        </message>
        <message>
            <source>capabilities</source>
            <translation>الإمكانات</translation>
        </message>
        <message>
            <source>events</source>
            <translation>الأحداث</translation>
        </message>
        <message>
            <source>groups</source>
            <translation>المجموعات</translation>
        </message>
        <message>
            <source>health</source>
            <translation>حالة النظام</translation>
        </message>
        <message>
            <source>is empty or far too long</source>
            <translation>فارغ أو أطول مما ينبغي</translation>
        </message>
        <message>
            <source>is missing</source>
            <translation>مفقود</translation>
        </message>
        <message>
            <source>is neither true nor false</source>
            <translation>ليس صوابًا ولا خطأ</translation>
        </message>
        <message>
            <source>is not a number</source>
            <translation>ليس رقمًا</translation>
        </message>
        <message>
            <source>is not a string</source>
            <translation>ليس نصًا</translation>
        </message>
        <message>
            <source>is not a time</source>
            <translation>ليس وقتًا</translation>
        </message>
        <message>
            <source>is not a usable number</source>
            <translation>ليس رقمًا صالحًا</translation>
        </message>
        <message>
            <source>is not a usable token</source>
            <translation>ليس رمزًا صالحًا</translation>
        </message>
        <message>
            <source>is not a whole number</source>
            <translation>ليس عددًا صحيحًا</translation>
        </message>
        <message>
            <source>is not an RTSP address</source>
            <translation>ليس عنوان RTSP</translation>
        </message>
        <message>
            <source>is not an array</source>
            <translation>ليس مصفوفة</translation>
        </message>
        <message>
            <source>is not an object</source>
            <translation>ليس كائنًا</translation>
        </message>
        <message>
            <source>is that of another export</source>
            <translation>يخص تصديرًا آخر</translation>
        </message>
        <message>
            <source>statistics</source>
            <translation>الإحصاءات</translation>
        </message>
        <message>
            <source>the export</source>
            <translation>التصدير</translation>
        </message>
        <message>
            <source>timeline</source>
            <translation>الخط الزمني</translation>
        </message>
        <message>
            <source>token or OpenID</source>
            <translation>رمز أو OpenID</translation>
        </message>
        <message>
            <source>{endpoint} answers with something unexpected: {path} {what}.</source>
            <translation>يجيب {endpoint} بشيء غير متوقع: {path} {what}.</translation>
        </message>
        <message>
            <source>{endpoint} does not answer with JSON.</source>
            <translation>لا يجيب {endpoint} بصيغة JSON.</translation>
        </message>
        <message>
            <source>{path} cannot be written.</source>
            <translation>لا يمكن كتابة {path}.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}.</source>
            <translation>لا يمكن كتابة {path}: {reason}.</translation>
        </message>
        <message>
            <source>{summary} Trying again in {seconds:.0f} s.</source>
            <translation>{summary} تُعاد المحاولة بعد {seconds:.0f} ث.</translation>
        </message>
        <message>
            <source>{what} ({endpoint}, status {status}).</source>
            <translation>{what} ({endpoint}، الحالة {status}).</translation>
        </message>
        <message>
            <source>{what} ({endpoint}, status {status}): {words}</source>
            <translation>{what} ({endpoint}، الحالة {status}): {words}</translation>
        </message>
        <message>
            <source>{where} does not answer in time.</source>
            <translation>لا يجيب {where} في الوقت المناسب.</translation>
        </message>
        <message>
            <source>{where} does not answer with TLS.</source>
            <translation>لا يجيب {where} عبر TLS.</translation>
        </message>
        <message>
            <source>“{scheme}” is not a kind of address that the viewer signs in to.</source>
            <translation>«{scheme}» ليس نوع عنوان يسجّل العارض الدخول إليه.</translation>
        </message>
        <message>
            <source>“{text}” is not a port number.</source>
            <translation>«{text}» ليس رقم منفذ.</translation>
        </message>
        <message>
            <source>“{text}” is not a server address.</source>
            <translation>«{text}» ليس عنوان خادم.</translation>
        </message>
        <message>
            <source>“{text}” is not an IPv6 address.</source>
            <translation>«{text}» ليس عنوان IPv6.</translation>
        </message>
    </context>
</TS>
