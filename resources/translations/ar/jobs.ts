<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source> and </source>
            <translation> و</translation>
        </message>
        <message>
            <source>, </source>
            <translation>، </translation>
        </message>
        <message>
            <source>A job that is under way cannot be removed.</source>
            <translation>لا يمكن إزالة مهمة قيد التنفيذ.</translation>
        </message>
        <message>
            <source>A {suffix} file cannot be split.</source>
            <translation>لا يمكن تقسيم ملف {suffix}.</translation>
        </message>
        <message>
            <source>An AVI file with this video and this sound cannot be split.</source>
            <translation>لا يمكن تقسيم ملف AVI بهذا الفيديو وهذا الصوت.</translation>
        </message>
        <message>
            <source>Another command of this program is saving this file.</source>
            <translation>يحفظ أمر آخر لهذا البرنامج هذا الملف.</translation>
        </message>
        <message>
            <source>Another command of this program works on this list.</source>
            <translation>يعمل أمر آخر لهذا البرنامج على هذه القائمة.</translation>
        </message>
        <message>
            <source>Ask for it again.</source>
            <translation>اطلبه من جديد.</translation>
        </message>
        <message>
            <source>Asked for</source>
            <translation>المطلوب</translation>
        </message>
        <message>
            <source>Asking how far the export is</source>
            <translation>جارٍ السؤال عن تقدم التصدير</translation>
        </message>
        <message>
            <source>Asking the server for the export</source>
            <translation>جارٍ طلب التصدير من الخادم</translation>
        </message>
        <message>
            <source>Between two key pictures lies more than a volume holds.</source>
            <translation>ما بين صورتين أساسيتين أكبر مما يتسع له جزء واحد.</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>الكاميرا</translation>
        </message>
        <message>
            <source>Cancel it first.</source>
            <translation>ألغِها أولًا.</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <comment>a job</comment>
            <translation>أُلغيت</translation>
        </message>
        <message>
            <source>Cancelled while the server was asked for the export, which it may have begun</source>
            <translation>أُلغي أثناء طلب التصدير من الخادم، وربما بدأه الخادم</translation>
        </message>
        <message>
            <source>Check that {folder} is writable and the disk is not full.</source>
            <translation>تحقق من إمكانية الكتابة في {folder} ومن أن القرص غير ممتلئ.</translation>
        </message>
        <message>
            <source>Check when it was saved</source>
            <translation>الفحص عند الحفظ</translation>
        </message>
        <message>
            <source>Checking the file.</source>
            <translation>جارٍ فحص الملف.</translation>
        </message>
        <message>
            <source>Choose a longer range.</source>
            <translation>اختر مدى أطول.</translation>
        </message>
        <message>
            <source>Choose another folder, or another name.</source>
            <translation>اختر مجلدًا آخر أو اسمًا آخر.</translation>
        </message>
        <message>
            <source>Choose another folder, or close the program that uses the file; then try again.</source>
            <translation>اختر مجلدًا آخر، أو أغلق البرنامج الذي يستخدم الملف، ثم أعد المحاولة.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>اختر مجلدًا آخر.</translation>
        </message>
        <message>
            <source>Choose another range.</source>
            <translation>اختر مدى آخر.</translation>
        </message>
        <message>
            <source>Choose larger volumes.</source>
            <translation>اختر أجزاء أكبر.</translation>
        </message>
        <message>
            <source>Connect its drive.</source>
            <translation>وصّل محرك أقراصه.</translation>
        </message>
        <message>
            <source>Cutting it into volumes</source>
            <translation>جارٍ تقسيمه إلى أجزاء</translation>
        </message>
        <message>
            <source>Delivered</source>
            <translation>المُسلَّم</translation>
        </message>
        <message>
            <source>Delivered as asked</source>
            <translation>سُلِّم كما طُلب</translation>
        </message>
        <message>
            <source>Delivered {clipped} of {asked}, the rest is missing.</source>
            <translation>سُلِّم {clipped} من {asked}، والباقي ناقص.</translation>
        </message>
        <message>
            <source>Do not use this drive.</source>
            <translation>لا تستخدم محرك الأقراص هذا.</translation>
        </message>
        <message>
            <source>Fetching</source>
            <translation>جارٍ الجلب</translation>
        </message>
        <message>
            <source>Found again after the list of jobs was damaged</source>
            <translation>عُثر عليها من جديد بعد تلف قائمة المهام</translation>
        </message>
        <message>
            <source>Found again by its receipt.</source>
            <translation>عُثر عليه من جديد عبر إيصاله.</translation>
        </message>
        <message>
            <source>Free some.</source>
            <translation>أفرغ بعض المساحة.</translation>
        </message>
        <message>
            <source>Going on</source>
            <translation>تستمر</translation>
        </message>
        <message>
            <source>Interrupted while the server was asked for the export. The server may have begun one: it is asked again, and may make it twice</source>
            <translation>انقطعت أثناء طلب التصدير من الخادم. ربما بدأ الخادم تصديرًا: يُطلب منه من جديد، وقد ينشئه مرتين</translation>
        </message>
        <message>
            <source>Interrupted; goes on later</source>
            <translation>انقطعت؛ تستمر لاحقًا</translation>
        </message>
        <message>
            <source>It cannot be read: {reason}.</source>
            <translation>تتعذر قراءته: {reason}.</translation>
        </message>
        <message>
            <source>It goes on by itself when there is room, or when the drive is back.</source>
            <translation>تستمر تلقائيًا عند توفر مساحة أو عودة محرك الأقراص.</translation>
        </message>
        <message>
            <source>It goes on in {folder}</source>
            <translation>تستمر في {folder}</translation>
        </message>
        <message>
            <source>It goes on in {folder}, from its start</source>
            <translation>تستمر في {folder} من البداية</translation>
        </message>
        <message>
            <source>It goes on in {folder}, from its start. What was fetched stays in {before}</source>
            <translation>تستمر في {folder} من البداية. ويبقى ما تم جلبه في {before}</translation>
        </message>
        <message>
            <source>It goes on in {folder}, with what was fetched</source>
            <translation>تستمر في {folder} مع ما تم جلبه</translation>
        </message>
        <message>
            <source>It goes on when somebody signs in again.</source>
            <translation>يُستأنف عندما يسجّل أحد الدخول من جديد.</translation>
        </message>
        <message>
            <source>It is asked again by itself, for as long as it takes.</source>
            <translation>يُعاد السؤال تلقائيًا مهما طال الأمر.</translation>
        </message>
        <message>
            <source>It is asked again by itself.</source>
            <translation>يُعاد السؤال تلقائيًا.</translation>
        </message>
        <message>
            <source>It is shorter than the time it covers, and nobody wrote down where its gaps are: times behind a gap are too early.</source>
            <translation>إنه أقصر من الوقت الذي يغطيه، ولم تُسجَّل مواضع فجواته: الأوقات بعد كل فجوة أبكر من الحقيقة.</translation>
        </message>
        <message>
            <source>It is tried again by itself.</source>
            <translation>تُعاد المحاولة تلقائيًا.</translation>
        </message>
        <message numerus="yes">
            <source>It was also cut into {n} volumes.</source>
            <translation>
                <numerusform>لم يُقسَّم إلى أجزاء.</numerusform>
                <numerusform>قُسِّم أيضًا إلى جزء واحد.</numerusform>
                <numerusform>قُسِّم أيضًا إلى جزأين.</numerusform>
                <numerusform>قُسِّم أيضًا إلى {n} أجزاء.</numerusform>
                <numerusform>قُسِّم أيضًا إلى {n} جزءًا.</numerusform>
                <numerusform>قُسِّم أيضًا إلى {n} جزء.</numerusform>
            </translation>
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
            <source>It was not cut into volumes: {summary}</source>
            <translation>لم يُقسَّم إلى أجزاء: {summary}</translation>
        </message>
        <message>
            <source>It was saved as {name}.</source>
            <translation>كان محفوظًا باسم {name}.</translation>
        </message>
        <message>
            <source>Its name says another time: {time}.</source>
            <translation>يدل اسمه على وقت آخر: {time}.</translation>
        </message>
        <message>
            <source>Its receipt does not say how.</source>
            <translation>إيصاله لا يذكر كيف.</translation>
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
            <source>Nothing is known to be missing from this file.</source>
            <translation>لا يُعرف شيء ناقص من هذا الملف.</translation>
        </message>
        <message>
            <source>Nothing was recorded from {start} to {end}.</source>
            <translation>لم يُسجَّل شيء من {start} إلى {end}.</translation>
        </message>
        <message>
            <source>Nothing was recorded in this time.</source>
            <translation>لم يُسجَّل شيء في هذا الوقت.</translation>
        </message>
        <message numerus="yes">
            <source>Nothing was recorded in {n} gaps, {length} altogether.</source>
            <translation>
                <numerusform>لم يُسجَّل شيء في {n} فجوة، مجموعها {length}.</numerusform>
                <numerusform>لم يُسجَّل شيء في فجوة واحدة، مدتها {length}.</numerusform>
                <numerusform>لم يُسجَّل شيء في فجوتين، مجموعهما {length}.</numerusform>
                <numerusform>لم يُسجَّل شيء في {n} فجوات، مجموعها {length}.</numerusform>
                <numerusform>لم يُسجَّل شيء في {n} فجوة، مجموعها {length}.</numerusform>
                <numerusform>لم يُسجَّل شيء في {n} فجوة، مجموعها {length}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was started. {sentence}</source>
            <translation>لم يبدأ شيء. {sentence}</translation>
        </message>
        <message>
            <source>Only the first {limit} of {found} files were opened.</source>
            <translation>لم يُفتح سوى أول {limit} من أصل {found} من الملفات.</translation>
        </message>
        <message>
            <source>Only what has ended without success can be tried again.</source>
            <translation>لا يمكن إعادة المحاولة إلا لما انتهى دون نجاح.</translation>
        </message>
        <message>
            <source>Only what waits, or has ended without a file, can go on in another folder.</source>
            <translation>لا يمكن أن يستمر في مجلد آخر إلا ما ينتظر أو ما انتهى دون ملف.</translation>
        </message>
        <message>
            <source>Order fewer files at once.</source>
            <translation>اطلب عددًا أقل من الملفات دفعة واحدة.</translation>
        </message>
        <message>
            <source>Pause it first.</source>
            <translation>أوقفها مؤقتًا أولاً.</translation>
        </message>
        <message>
            <source>Paused</source>
            <comment>a job</comment>
            <translation>أُوقفت مؤقتًا</translation>
        </message>
        <message>
            <source>Pictures are in the file twice: those from {first} on come again from {again} on.</source>
            <translation>توجد صور في الملف مرتين: الصور ابتداءً من {first} تتكرر ابتداءً من {again}.</translation>
        </message>
        <message>
            <source>Pictures are left out: the file shows one in {distance} s, the camera took {fps} a second.</source>
            <translation>هناك صور محذوفة: يعرض الملف صورة كل {distance} ث، والكاميرا التقطت {fps} في الثانية.</translation>
        </message>
        <message>
            <source>Pictures inside the file cannot be decoded, as at {places} from its beginning.</source>
            <translation>لا يمكن فك ترميز صور داخل الملف، كما عند {places} من بدايته.</translation>
        </message>
        <message>
            <source>Receipt</source>
            <translation>الإيصال</translation>
        </message>
        <message>
            <source>Resumed</source>
            <translation>استُؤنفت</translation>
        </message>
        <message>
            <source>Save it again.</source>
            <translation>احفظه من جديد.</translation>
        </message>
        <message>
            <source>Save it as MP4 or MKV.</source>
            <translation>احفظه بتنسيق MP4 أو MKV.</translation>
        </message>
        <message>
            <source>Saved</source>
            <comment>when</comment>
            <translation>وقت الحفظ</translation>
        </message>
        <message>
            <source>See to the drive or the network share; it goes on by itself then.</source>
            <translation>تفقّد محرك الأقراص أو المشاركة الشبكية؛ وسيستمر التنزيل تلقائيًا بعد ذلك.</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>الخادم</translation>
        </message>
        <message>
            <source>Something came that cannot be written into the list of jobs.</source>
            <translation>وصل شيء يتعذر تدوينه في قائمة المهام.</translation>
        </message>
        <message>
            <source>Start the program again: it begins a new list with what can still be read.</source>
            <translation>شغّل البرنامج من جديد: سيبدأ قائمة جديدة بما لا يزال ممكنًا قراءته.</translation>
        </message>
        <message>
            <source>The MP4 has its index at the end: it cannot be played while it is being fetched.</source>
            <translation>فهرس ملف MP4 في نهايته: لا يمكن تشغيله أثناء جلبه.</translation>
        </message>
        <message>
            <source>The MP4 is fragmented: some players and mail scanners refuse it.</source>
            <translation>ملف MP4 مجزأ: ترفضه بعض برامج التشغيل وفاحصات البريد.</translation>
        </message>
        <message>
            <source>The drive has too little space: {size:.0f} MB are needed.</source>
            <translation>المساحة في محرك الأقراص غير كافية: يلزم {size:.0f} م.ب.</translation>
        </message>
        <message>
            <source>The drive that was at {folder} is gone.</source>
            <translation>محرك الأقراص الذي كان في {folder} لم يعد موجودًا.</translation>
        </message>
        <message>
            <source>The export has expired on the server.</source>
            <translation>انتهت صلاحية التصدير على الخادم.</translation>
        </message>
        <message>
            <source>The export has expired on the server; it is asked for again</source>
            <translation>انتهت صلاحية التصدير على الخادم؛ يُطلب من جديد</translation>
        </message>
        <message>
            <source>The file cannot be put into {folder}: {reason}.</source>
            <translation>يتعذر وضع الملف في {folder}: {reason}.</translation>
        </message>
        <message>
            <source>The file has no sound, although the camera recorded sound.</source>
            <translation>لا صوت في الملف مع أن الكاميرا سجلت الصوت.</translation>
        </message>
        <message>
            <source>The file has too few key pictures to be split.</source>
            <translation>الصور الأساسية في الملف أقل من أن تسمح بتقسيمه.</translation>
        </message>
        <message>
            <source>The file hides some of its pictures, which volumes would show.</source>
            <translation>يُخفي الملف بعض صوره، وستُظهرها الأجزاء.</translation>
        </message>
        <message>
            <source>The file holds no pictures.</source>
            <translation>لا يحتوي الملف على صور.</translation>
        </message>
        <message>
            <source>The file holds several videos; only one can be cut.</source>
            <translation>يحتوي الملف على عدة مقاطع فيديو، ولا يمكن تقسيم إلا واحد.</translation>
        </message>
        <message>
            <source>The file holds {count} films instead of one.</source>
            <translation>يحتوي الملف على {count} أفلام بدل فيلم واحد.</translation>
        </message>
        <message>
            <source>The file holds {sound} of sound, the camera recorded {expected}.</source>
            <translation>مدة الصوت في الملف {sound}، وقد سجّلت الكاميرا {expected}.</translation>
        </message>
        <message>
            <source>The file is longer than what was asked: {delivered} instead of {expected}.</source>
            <translation>الملف أطول مما طُلب: {delivered} بدلًا من {expected}.</translation>
        </message>
        <message>
            <source>The file is {found}, {wanted} was asked for.</source>
            <translation>تنسيق الملف {found}، والمطلوب {wanted}.</translation>
        </message>
        <message>
            <source>The file says that it begins at {start}, {asked} was asked for.</source>
            <translation>يقول الملف إنه يبدأ عند {start}، والمطلوب كان {asked}.</translation>
        </message>
        <message>
            <source>The file was fetched already</source>
            <translation>سبق جلب الملف</translation>
        </message>
        <message>
            <source>The file was kept. Compare it with the timeline, or try again.</source>
            <translation>تم الاحتفاظ بالملف. قارنه بالخط الزمني أو أعد المحاولة.</translation>
        </message>
        <message>
            <source>The file was kept: {path}.</source>
            <translation>تم الاحتفاظ بالملف: {path}.</translation>
        </message>
        <message>
            <source>The file was there already</source>
            <translation>كان الملف موجودًا من قبل</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be used: {reason}.</source>
            <translation>لا يمكن استخدام المجلد {folder}: {reason}.</translation>
        </message>
        <message>
            <source>The folder {folder} is gone.</source>
            <translation>المجلد {folder} لم يعد موجودًا.</translation>
        </message>
        <message>
            <source>The list of jobs cannot be used: {reason}.</source>
            <translation>لا يمكن استخدام قائمة المهام: {reason}.</translation>
        </message>
        <message>
            <source>The list of jobs is in use by another window or command of this program.</source>
            <translation>قائمة المهام قيد الاستخدام في نافذة أخرى أو أمر آخر لهذا البرنامج.</translation>
        </message>
        <message>
            <source>The list of jobs was written by a newer version of the program.</source>
            <translation>كُتبت قائمة المهام بإصدار أحدث من البرنامج.</translation>
        </message>
        <message>
            <source>The list of saved files was damaged and starts anew. The damaged one was kept as {path}; {n} saved files were found again.</source>
            <translation>كانت قائمة الملفات المحفوظة تالفة وبدأت من جديد. حُفظت القائمة التالفة باسم {path}؛ وعدد الملفات المحفوظة التي عُثر عليها من جديد {n}.</translation>
        </message>
        <message numerus="yes">
            <source>The list of saved files was lost and starts anew; {n} saved files were found again.</source>
            <translation>
                <numerusform>فُقدت قائمة الملفات المحفوظة وبدأت من جديد؛ لم يُعثر على أي ملف محفوظ.</numerusform>
                <numerusform>فُقدت قائمة الملفات المحفوظة وبدأت من جديد؛ عُثر على ملف محفوظ واحد.</numerusform>
                <numerusform>فُقدت قائمة الملفات المحفوظة وبدأت من جديد؛ عُثر على ملفين محفوظين.</numerusform>
                <numerusform>فُقدت قائمة الملفات المحفوظة وبدأت من جديد؛ عُثر على {n} ملفات محفوظة.</numerusform>
                <numerusform>فُقدت قائمة الملفات المحفوظة وبدأت من جديد؛ عُثر على {n} ملفًا محفوظًا.</numerusform>
                <numerusform>فُقدت قائمة الملفات المحفوظة وبدأت من جديد؛ عُثر على {n} ملف محفوظ.</numerusform>
            </translation>
        </message>
        <message>
            <source>The order cannot be left: {reason}.</source>
            <translation>يتعذر ترك الطلب: {reason}.</translation>
        </message>
        <message>
            <source>The order is too large to be handed to another process.</source>
            <translation>الطلب أكبر من أن يُسلَّم إلى عملية أخرى.</translation>
        </message>
        <message>
            <source>The pictures are H.265: not every player shows them.</source>
            <translation>الصور بترميز H.265: لا تعرضها كل برامج التشغيل.</translation>
        </message>
        <message>
            <source>The pictures are {size}, the camera recorded {wanted}.</source>
            <translation>أبعاد الصور {size}، والكاميرا سجّلت {wanted}.</translation>
        </message>
        <message>
            <source>The pictures are {video_codec}, the camera recorded {codecs}.</source>
            <translation>ترميز الصور {video_codec}، والكاميرا سجلت {codecs}.</translation>
        </message>
        <message>
            <source>The pictures in the file are not in the order in which they were taken.</source>
            <translation>ليست الصور في الملف بالترتيب الذي التُقطت به.</translation>
        </message>
        <message>
            <source>The pictures in the file cannot be decoded.</source>
            <translation>يتعذر فك ترميز الصور في الملف.</translation>
        </message>
        <message>
            <source>The program made a mistake.</source>
            <translation>ارتكب البرنامج خطأ.</translation>
        </message>
        <message>
            <source>The program was started again</source>
            <translation>أُعيد تشغيل البرنامج</translation>
        </message>
        <message>
            <source>The range was not over yet when the file was checked: what was recorded afterwards is not in it.</source>
            <translation>لم تكن المدة قد انتهت عند فحص الملف: ما سُجّل بعد ذلك ليس فيه.</translation>
        </message>
        <message>
            <source>The receipt beside it is not the one that this computer wrote.</source>
            <translation>الإيصال الموجود بجانبه ليس الإيصال الذي كتبه هذا الكمبيوتر.</translation>
        </message>
        <message>
            <source>The rest of {file_name}.</source>
            <translation>باقي {file_name}.</translation>
        </message>
        <message>
            <source>The server announced {server_size:,} bytes, {size_bytes:,} bytes were delivered.</source>
            <translation>أعلن الخادم {server_size:,} بايت، وسُلِّم {size_bytes:,} بايت.</translation>
        </message>
        <message>
            <source>The server calls it {name}</source>
            <translation>يسميه الخادم {name}</translation>
        </message>
        <message>
            <source>The server could not make the export.</source>
            <translation>لم يتمكن الخادم من إنشاء التصدير.</translation>
        </message>
        <message>
            <source>The server could not make the export: {said}</source>
            <translation>لم يتمكن الخادم من إنشاء التصدير: {said}</translation>
        </message>
        <message>
            <source>The server does not say what it recorded: only the length could be compared.</source>
            <translation>لا يذكر الخادم ما سجله: لم تمكن مقارنة إلا الطول.</translation>
        </message>
        <message>
            <source>The server does not say what it recorded: what is missing may never have been recorded.</source>
            <translation>لا يذكر الخادم ما سجله: ربما لم يُسجَّل الناقص أصلًا.</translation>
        </message>
        <message>
            <source>The server forgot the export.</source>
            <translation>نسي الخادم التصدير.</translation>
        </message>
        <message>
            <source>The server has finished</source>
            <translation>انتهى الخادم</translation>
        </message>
        <message>
            <source>The server is preparing the file.</source>
            <translation>الخادم يجهّز الملف.</translation>
        </message>
        <message>
            <source>The server is preparing the file. {percent:.0f} %</source>
            <translation>الخادم يجهّز الملف. {percent:.0f}٪</translation>
        </message>
        <message>
            <source>The server works on the export once more</source>
            <translation>يعمل الخادم على التصدير مرة أخرى</translation>
        </message>
        <message>
            <source>The time in the file, {time}, was taken for local time: when the file begins is assumed.</source>
            <translation>اعتُبر الوقت الوارد في الملف، {time}، وقتًا محليًا: بداية الملف مفترضة.</translation>
        </message>
        <message>
            <source>The unfinished file on the drive was changed.</source>
            <translation>تغيّر الملف غير المكتمل على القرص.</translation>
        </message>
        <message>
            <source>The volumes cannot be written: {reason}.</source>
            <translation>تتعذر كتابة الأجزاء: {reason}.</translation>
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
            <source>There is room again</source>
            <translation>توفرت المساحة من جديد</translation>
        </message>
        <message>
            <source>They are MKV files: cut as AVI, their sound would lose its times.</source>
            <translation>هي ملفات MKV: لو قُسّمت بصيغة AVI لفقد صوتها أوقاته.</translation>
        </message>
        <message>
            <source>This job is not in the list any more.</source>
            <translation>لم تعد هذه المهمة في القائمة.</translation>
        </message>
        <message>
            <source>Time stamp in the file</source>
            <translation>الختم الزمني في الملف</translation>
        </message>
        <message>
            <source>Tried again</source>
            <translation>أُعيدت المحاولة</translation>
        </message>
        <message>
            <source>Try again when it has ended.</source>
            <translation>أعد المحاولة عندما ينتهي.</translation>
        </message>
        <message>
            <source>Try again, or a shorter range.</source>
            <translation>أعد المحاولة، أو اختر مدى أقصر.</translation>
        </message>
        <message>
            <source>Try again; the log has the details.</source>
            <translation>أعد المحاولة؛ التفاصيل في السجل.</translation>
        </message>
        <message>
            <source>Try again; the server may make it twice then.</source>
            <translation>أعد المحاولة؛ قد ينشئه الخادم مرتين عندئذ.</translation>
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
            <source>Use that one, or end it first.</source>
            <translation>استخدم ذلك، أو أنهِه أولًا.</translation>
        </message>
        <message>
            <source>Use the newer version.</source>
            <translation>استخدم الإصدار الأحدث.</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>الفيديو</translation>
        </message>
        <message>
            <source>Wait until it has ended, or end it first.</source>
            <translation>انتظر حتى ينتهي، أو أنهِه أولًا.</translation>
        </message>
        <message>
            <source>What is to be saved as {path} cannot be written down.</source>
            <translation>يتعذر تدوين ما سيُحفظ باسم {path}.</translation>
        </message>
        <message>
            <source>When it begins is assumed; its own time stamp says {time}.</source>
            <translation>بدايته مفترضة؛ ختمه الزمني يقول {time}.</translation>
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
            <translation>{error} تبقى الملفات المحفوظة في القائمة إلى أن ينتهي البرنامج، لا بعده.</translation>
        </message>
        <message>
            <source>{error} The list is opened as soon as there is room.</source>
            <translation>{error} تُفتح القائمة حالما تتوفر مساحة.</translation>
        </message>
        <message>
            <source>{hint} Then sign in again: it goes on.</source>
            <translation>{hint} ثم سجّل الدخول من جديد: يُستأنف عندها.</translation>
        </message>
        <message>
            <source>{length} inside the file is missing: {places}.</source>
            <translation>ينقص داخل الملف {length}: {places}.</translation>
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
            <translation>لا يمكن قراءة {name}: {reason}.</translation>
        </message>
        <message>
            <source>{name} cannot be split: {reason}.</source>
            <translation>يتعذر تقسيم {name}: {reason}.</translation>
        </message>
        <message>
            <source>{name} is missing; its receipt is there.</source>
            <translation>{name} مفقود، لكن إيصاله موجود.</translation>
        </message>
        <message>
            <source>{name} is missing; the index lists it.</source>
            <translation>{name} مفقود، لكن الفهرس يذكره.</translation>
        </message>
        <message>
            <source>{name} is not in {folder} any more.</source>
            <translation>‏{name} لم يعد موجودًا في {folder}.</translation>
        </message>
        <message>
            <source>{name} reads back from the drive as something else than was written.</source>
            <translation>محتوى {name} المقروء من محرك الأقراص ليس ما كُتب عليه.</translation>
        </message>
        <message>
            <source>{name} was changed since it was saved: its SHA-256 is not the one that was written down.</source>
            <translation>تغيّر {name} منذ حفظه: بصمة SHA-256 الخاصة به ليست البصمة المسجلة.</translation>
        </message>
        <message>
            <source>{name} was not copied. {why}</source>
            <translation>لم يُنسخ {name}. {why}</translation>
        </message>
        <message>
            <source>{places} and more</source>
            <translation>{places} وغيرها</translation>
        </message>
        <message>
            <source>{size_bytes:,} bytes arrived</source>
            <translation>وصل {size_bytes:,} بايت</translation>
        </message>
        <message>
            <source>{span}; its start is assumed: the file does not say it</source>
            <translation>{span}؛ بدايته مفترضة: لا يذكرها الملف</translation>
        </message>
        <message>
            <source>{start} to {end}</source>
            <translation>{start} إلى {end}</translation>
        </message>
        <message>
            <source>{summary} Whether the server has begun the export is not known.</source>
            <translation>{summary} لا يُعرف إن كان الخادم قد بدأ التصدير.</translation>
        </message>
        <message>
            <source>{time}, by version {version}</source>
            <translation>{time}، بالإصدار {version}</translation>
        </message>
        <message>
            <source>{why} It is fetched again from its start.</source>
            <translation>{why} يُجلب من بدايته من جديد.</translation>
        </message>
    </context>
</TS>
