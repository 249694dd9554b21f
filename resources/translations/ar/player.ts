<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Beginning of the recordings.</source>
            <translation>بداية التسجيلات.</translation>
        </message>
        <message>
            <source>Choose a lower speed or fewer cameras, then play again.</source>
            <translation>اختر سرعة أقل أو كاميرات أقل، ثم أعد التشغيل.</translation>
        </message>
        <message>
            <source>End of the recordings.</source>
            <translation>نهاية التسجيلات.</translation>
        </message>
        <message>
            <source>Install VLC 3 (64 bit) from videolan.org and start again.</source>
            <translation>ثبّت VLC 3 ‏(64 بت) من videolan.org وابدأ من جديد.</translation>
        </message>
        <message>
            <source>Install libVLC 3 (Debian, Ubuntu: apt install libvlc5 vlc-plugin-base) and start again.</source>
            <translation>ثبّت libVLC 3 (في Debian وUbuntu: ‏⁦apt install libvlc5 vlc-plugin-base⁩) وابدأ من جديد.</translation>
        </message>
        <message>
            <source>No footage here.</source>
            <translation>لا توجد تسجيلات هنا.</translation>
        </message>
        <message>
            <source>No picture arrived.</source>
            <translation>لم تصل أي صورة.</translation>
        </message>
        <message>
            <source>Nothing was recorded at {time}.</source>
            <translation>لم يُسجَّل شيء في {time}.</translation>
        </message>
        <message>
            <source>Playing stopped by an internal fault.</source>
            <translation>توقف التشغيل بسبب خلل داخلي.</translation>
        </message>
        <message>
            <source>See the log.</source>
            <translation>راجع السجل.</translation>
        </message>
        <message>
            <source>Skipped to {start}: no footage before</source>
            <translation>تم الانتقال إلى {start}: لا توجد تسجيلات قبله</translation>
        </message>
        <message>
            <source>Skipped {length} without footage</source>
            <translation>تم تخطي {length} بلا تسجيلات</translation>
        </message>
        <message>
            <source>The connection to the recording server was lost.</source>
            <translation>انقطع الاتصال بخادم التسجيل.</translation>
        </message>
        <message>
            <source>The log has the details.</source>
            <translation>التفاصيل في السجل.</translation>
        </message>
        <message>
            <source>The next recording starts at {time}.</source>
            <translation>يبدأ التسجيل التالي في {time}.</translation>
        </message>
        <message>
            <source>The player could not play this recording.</source>
            <translation>تعذّر على المشغِّل تشغيل هذا التسجيل.</translation>
        </message>
        <message>
            <source>The player had stopped; started again at {time}</source>
            <translation>كان المشغِّل قد توقف؛ بدأ من جديد عند {time}</translation>
        </message>
        <message>
            <source>The player on this computer stopped showing pictures, several times.</source>
            <translation>توقف المشغِّل على هذا الحاسوب عن عرض الصور عدة مرات.</translation>
        </message>
        <message>
            <source>The program is ending.</source>
            <translation>يجري إنهاء البرنامج.</translation>
        </message>
        <message>
            <source>The snapshot could not be written to {path}: {reason}.</source>
            <translation>تعذّرت كتابة اللقطة في {path}: {reason}.</translation>
        </message>
        <message>
            <source>There is no footage at this time.</source>
            <translation>لا توجد تسجيلات في هذا الوقت.</translation>
        </message>
        <message>
            <source>There is no picture to step to.</source>
            <translation>لا توجد صورة للانتقال إليها.</translation>
        </message>
        <message>
            <source>Thinned: this computer cannot decode all pictures at this speed</source>
            <translation>خُفِّف عدد الصور: لا يستطيع هذا الحاسوب فك ترميزها كلها بهذه السرعة</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>أعد المحاولة لاحقًا.</translation>
        </message>
        <message>
            <source>Try another moment.</source>
            <translation>جرّب لحظة أخرى.</translation>
        </message>
        <message>
            <source>Trying again (attempt {attempt}).</source>
            <translation>جارٍ المحاولة مجددًا (المحاولة {attempt}).</translation>
        </message>
        <message>
            <source>libVLC could not be loaded.</source>
            <translation>تعذّر تحميل libVLC.</translation>
        </message>
        <message>
            <source>libVLC did not start.</source>
            <translation>لم يبدأ libVLC.</translation>
        </message>
        <message>
            <source>libVLC was not found.</source>
            <translation>لم يُعثر على libVLC.</translation>
        </message>
        <message>
            <source>libVLC {version} is not supported, version 3 is needed.</source>
            <translation>الإصدار {version} من libVLC غير مدعوم؛ يلزم الإصدار 3.</translation>
        </message>
        <message>
            <source>{name}: a snapshot is a .png or a .jpg file.</source>
            <translation>{name}: اللقطة ملف بصيغة ‎.png‎ أو ‎.jpg‎.</translation>
        </message>
    </context>
</TS>
