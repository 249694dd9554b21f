<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source> or </source>
            <translation> أو </translation>
        </message>
        <message>
            <source>Ask the server's administrator whether it was replaced. If not, somebody may be in between.</source>
            <translation>اسأل مسؤول الخادم هل استُبدلت الشهادة. إن لم تُستبدل فقد يكون هناك من يعترض الاتصال.</translation>
        </message>
        <message>
            <source>Choose a camera and a range.</source>
            <translation>اختر كاميرا ونطاقًا زمنيًا.</translation>
        </message>
        <message>
            <source>Choose fewer cameras, a shorter range, or one file for all stretches.</source>
            <translation>اختر كاميرات أقل أو نطاقًا أقصر أو ملفًا واحدًا لجميع الفترات.</translation>
        </message>
        <message>
            <source>Choose fewer cameras, or a shorter range.</source>
            <translation>اختر كاميرات أقل أو مدة أقصر.</translation>
        </message>
        <message>
            <source>Download, because it is shorter than {n} minutes.</source>
            <translation>تنزيل، لأنه أقصر من {n} دقيقة.</translation>
        </message>
        <message>
            <source>Download, because it was chosen by hand.</source>
            <translation>تنزيل، لأنه اختير يدويًا.</translation>
        </message>
        <message>
            <source>Export, because it is {n} minutes or longer.</source>
            <translation>تصدير، لأن مدته {n} دقيقة أو أكثر.</translation>
        </message>
        <message>
            <source>Export, because it was chosen by hand.</source>
            <translation>تصدير، لأنه اختير يدويًا.</translation>
        </message>
        <message>
            <source>Export, because only an export can burn in a watermark.</source>
            <translation>تصدير، لأن التصدير وحده يستطيع دمج علامة مائية.</translation>
        </message>
        <message>
            <source>Export, because only an export can change the quality.</source>
            <translation>تصدير، لأن التصدير وحده يستطيع تغيير الجودة.</translation>
        </message>
        <message>
            <source>Export, because only an export can leave out the sound.</source>
            <translation>تصدير، لأن التصدير وحده يستطيع حذف الصوت.</translation>
        </message>
        <message>
            <source>Export, because the file will be larger than {n} GB.</source>
            <translation>تصدير، لأن حجم الملف سيتجاوز {n} غ.ب.</translation>
        </message>
        <message>
            <source>Have it installed on this computer, or compare its fingerprint with the administrator's and pin it: {fingerprint}.</source>
            <translation>اطلب تثبيتها على هذا الحاسوب، أو قارن بصمتها بالبصمة لدى المسؤول ثم ثبّتها: {fingerprint}.</translation>
        </message>
        <message>
            <source>Have it installed on this computer.</source>
            <translation>اطلب تثبيتها على هذا الحاسوب.</translation>
        </message>
        <message>
            <source>It has 64 hexadecimal digits, with or without colons.</source>
            <translation>تتكون من 64 رقمًا ست عشريًا، مع نقطتين فاصلتين أو بدونهما.</translation>
        </message>
        <message>
            <source>Shorten it.</source>
            <translation>اختصره.</translation>
        </message>
        <message>
            <source>Shorten what they are made of.</source>
            <translation>اختصر ما تتكوّن منه.</translation>
        </message>
        <message>
            <source>The certificate of {host} has changed: pinned is {pinned}, shown is {shown}.</source>
            <translation>تغيّرت شهادة {host}: المثبَّتة {pinned} والمعروضة {shown}.</translation>
        </message>
        <message>
            <source>The certificate of {host} is not trusted: {reason}.</source>
            <translation>شهادة {host} غير موثوقة: {reason}.</translation>
        </message>
        <message>
            <source>The drive does not answer.</source>
            <translation>محرك الأقراص لا يستجيب.</translation>
        </message>
        <message>
            <source>The drive does not answer. This is cancelled when it does.</source>
            <translation>محرك الأقراص لا يستجيب. سيُلغى هذا عندما يستجيب.</translation>
        </message>
        <message>
            <source>The drive does not answer. This is paused when it does.</source>
            <translation>محرك الأقراص لا يستجيب. سيتوقف هذا مؤقتًا عندما يستجيب.</translation>
        </message>
        <message>
            <source>The drive is FAT32 and holds no file above 4 GiB; the largest will have about {size}. Save to another drive and cut it into volumes there, or choose a shorter range.</source>
            <translation>محرك الأقراص بنظام FAT32 ولا يقبل ملفًا أكبر من 4 GiB؛ سيبلغ أكبر ملف نحو {size}. احفظ على محرك آخر وقسّمه إلى أجزاء هناك، أو اختر مدى أقصر.</translation>
        </message>
        <message>
            <source>The end is not after the start.</source>
            <translation>النهاية ليست بعد البداية.</translation>
        </message>
        <message>
            <source>The file names would be longer than {n} characters.</source>
            <translation>ستكون أسماء الملفات أطول من {n} حرفًا.</translation>
        </message>
        <message>
            <source>The longest path would have {characters} characters, and many programs on this computer open none above {limit}. Choose a folder nearer to the drive, or shorter names.</source>
            <translation>سيبلغ أطول مسار {characters} حرفًا، وكثير من البرامج على هذا الكمبيوتر لا تفتح ما يزيد على {limit}. اختر مجلدًا أقرب إلى جذر المحرك، أو أسماء أقصر.</translation>
        </message>
        <message>
            <source>The name template has an unknown field: {field}.</source>
            <translation>في قالب الاسم حقل غير معروف: {field}.</translation>
        </message>
        <message>
            <source>The text to burn in would have {n} characters for {camera}; servers take {most}.</source>
            <translation>سيبلغ طول النص المراد طبعه {n} حرفًا للكاميرا {camera}، والخوادم تقبل {most}.</translation>
        </message>
        <message>
            <source>There is no text to burn in.</source>
            <translation>لا يوجد نص لطبعه على الصورة.</translation>
        </message>
        <message>
            <source>There is no time zone named {name!r}.</source>
            <translation>لا توجد منطقة زمنية باسم {name!r}.</translation>
        </message>
        <message>
            <source>There is nothing to save.</source>
            <translation>لا يوجد ما يُحفظ.</translation>
        </message>
        <message>
            <source>This is not a SHA-256 fingerprint of a certificate.</source>
            <translation>هذه ليست بصمة SHA-256 لشهادة.</translation>
        </message>
        <message>
            <source>This is not a range.</source>
            <translation>هذا ليس نطاقًا زمنيًا.</translation>
        </message>
        <message>
            <source>This needs {amount}, and {free} are free there; {spare} have to stay free. Choose another folder, a shorter range, or free some space.</source>
            <translation>هذا يحتاج إلى {amount}، والمساحة الحرة هناك {free}، ويجب أن تبقى {spare} حرة. اختر مجلدًا آخر أو مدة أقصر، أو أخلِ بعض المساحة.</translation>
        </message>
        <message>
            <source>This would be more than {n:,} files.</source>
            <translation>سيزيد عدد الملفات على {n:,}.</translation>
        </message>
        <message>
            <source>Use an IANA name such as Europe/Copenhagen, Asia/Dubai or UTC.</source>
            <translation>استخدم اسم IANA مثل Europe/Copenhagen أو Asia/Dubai أو UTC.</translation>
        </message>
        <message>
            <source>Use {fields}.</source>
            <translation>استخدم {fields}.</translation>
        </message>
        <message>
            <source>Write 10:00 - 10:15, or 10:00 to +15m.</source>
            <translation>اكتب ‎10:00 - 10:15‎ أو ‎10:00 إلى ‎+15m‎.</translation>
        </message>
        <message>
            <source>Write 24/10/2025 10:00, 2025-10-24T10:00:00Z, 10:15, yesterday 14:05, or -30m.</source>
            <translation>اكتب ‎24/10/2025 10:00‎ أو ‎2025-10-24T10:00:00Z‎ أو ‎10:15‎ أو أمس ‎14:05‎ أو ‎-30m‎.</translation>
        </message>
        <message>
            <source>Write a later time, or +10m.</source>
            <translation>اكتب وقتًا لاحقًا، أو ‎+10m‎.</translation>
        </message>
        <message>
            <source>Write it as 2025-10-24T10:00:00Z, 2025-10-24T12:00:00+02:00, or 2025-10-24 12:00 in local time.</source>
            <translation>اكتبه بالشكل ‎2025-10-24T10:00:00Z‎ أو ‎2025-10-24T12:00:00+02:00‎ أو ‎2025-10-24 12:00‎ بالتوقيت المحلي.</translation>
        </message>
        <message>
            <source>Write one, or leave it out.</source>
            <translation>اكتب نصًا، أو ألغِ هذا الخيار.</translation>
        </message>
        <message>
            <source>Write {first} for the first or {second} for the second.</source>
            <translation>اكتب {first} للأول أو {second} للثاني.</translation>
        </message>
        <message>
            <source>Write {first} or {second}.</source>
            <translation>اكتب {first} أو {second}.</translation>
        </message>
        <message>
            <source>counted from 1970</source>
            <translation>محسوب من عام 1970</translation>
        </message>
        <message>
            <source>days</source>
            <comment>typed after a number</comment>
            <translation>يوم</translation>
        </message>
        <message>
            <source>h</source>
            <comment>typed after a number</comment>
            <translation>ساعة</translation>
        </message>
        <message>
            <source>min</source>
            <comment>typed after a number</comment>
            <translation>دقيقة</translation>
        </message>
        <message>
            <source>more than {size}</source>
            <translation>أكثر من {size}</translation>
        </message>
        <message>
            <source>ms</source>
            <comment>typed after a number</comment>
            <translation>مللي ثانية</translation>
        </message>
        <message>
            <source>now</source>
            <translation>الآن</translation>
        </message>
        <message>
            <source>of the day that is shown</source>
            <translation>في اليوم المعروض</translation>
        </message>
        <message>
            <source>s</source>
            <comment>typed after a number</comment>
            <translation>ثانية</translation>
        </message>
        <message>
            <source>the last {weekday}</source>
            <translation>{weekday} الماضي</translation>
        </message>
        <message>
            <source>this computer's time zone</source>
            <translation>المنطقة الزمنية لهذا الحاسوب</translation>
        </message>
        <message>
            <source>today</source>
            <translation>اليوم</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>غير معروف</translation>
        </message>
        <message>
            <source>weeks</source>
            <comment>typed after a number</comment>
            <translation>أسبوع</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>أمس</translation>
        </message>
        <message>
            <source>{amount} after now</source>
            <translation>بعد الآن بـ {amount}</translation>
        </message>
        <message>
            <source>{amount} after the playhead</source>
            <translation>بعد رأس التشغيل بـ {amount}</translation>
        </message>
        <message>
            <source>{amount} after the start</source>
            <translation>بعد البداية بـ {amount}</translation>
        </message>
        <message>
            <source>{amount} before now</source>
            <translation>قبل الآن بـ {amount}</translation>
        </message>
        <message>
            <source>{amount} before the playhead</source>
            <translation>قبل رأس التشغيل بـ {amount}</translation>
        </message>
        <message>
            <source>{amount} before the start</source>
            <translation>قبل البداية بـ {amount}</translation>
        </message>
        <message>
            <source>{day}, {time}</source>
            <translation>{day}، {time}</translation>
        </message>
        <message>
            <source>{free} are free there, and {spare} have to stay free: nothing can be saved. Choose another folder, or free some space.</source>
            <translation>المساحة الحرة هناك {free}، ويجب أن تبقى {spare} حرة، فلا يمكن حفظ شيء. اختر مجلدًا آخر، أو أخلِ بعض المساحة.</translation>
        </message>
        <message>
            <source>{month} {year}</source>
            <translation>{month} {year}</translation>
        </message>
        <message>
            <source>{text!r} is not a time.</source>
            <translation>{text!r} ليس وقتًا.</translation>
        </message>
        <message>
            <source>{text!r} is not a time: there is no such day or hour.</source>
            <translation>{text!r} ليس وقتًا: لا يوجد يوم أو ساعة كهذه.</translation>
        </message>
        <message>
            <source>{text!r} is too far away to be a time of recordings.</source>
            <translation>{text!r} أبعد من أن يكون وقت تسجيلات.</translation>
        </message>
        <message>
            <source>{time} does not exist in {zone}: the clock is put forward then.</source>
            <translation>الوقت {time} غير موجود في {zone}: تُقدَّم الساعة حينها.</translation>
        </message>
        <message>
            <source>{time} happens twice in {zone}: the clock is put back then.</source>
            <translation>الوقت {time} يتكرر مرتين في {zone}: تُؤخَّر الساعة حينها.</translation>
        </message>
        <message>
            <source>{weekday} {day} {month}</source>
            <translation>{weekday} {day} {month}</translation>
        </message>
        <message>
            <source>{weekday} {day} {month} {year}</source>
            <translation>{weekday} {day} {month} {year}</translation>
        </message>
    </context>
</TS>
