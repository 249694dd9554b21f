<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message numerus="yes">
            <source>All {n} files are unchanged since they were saved.</source>
            <translation>
                <numerusform>لا توجد ملفات متغيرة منذ الحفظ.</numerusform>
                <numerusform>لم يتغير الملف منذ حفظه.</numerusform>
                <numerusform>لم يتغير الملفان منذ حفظهما.</numerusform>
                <numerusform>لم تتغير الملفات الـ{n} منذ حفظها.</numerusform>
                <numerusform>لم تتغير الملفات الـ{n} منذ حفظها.</numerusform>
                <numerusform>لم تتغير الملفات الـ{n} منذ حفظها.</numerusform>
            </translation>
        </message>
        <message>
            <source>An unchanged file has the bytes that were written down when it was saved. A receipt that lies beside its file protects against accidents: keep a copy of it, or of the SHA-256, where nobody can change it.</source>
            <translation>الملف الذي لم يتغير يحتوي على البايتات نفسها التي دُوِّنت عند حفظه. الإيصال الموجود بجانب ملفه يحمي من الأخطاء العارضة: احتفظ بنسخة منه، أو من قيمة SHA-256، حيث لا يستطيع أحد تغييرها.</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>تم النسخ</translation>
        </message>
        <message>
            <source>Copy the report</source>
            <translation>نسخ التقرير</translation>
        </message>
        <message>
            <source>Examined {time}, RTA Viewer</source>
            <translation>فُحص في {time}، RTA Viewer</translation>
        </message>
        <message>
            <source>Found now</source>
            <translation>الموجود الآن</translation>
        </message>
        <message>
            <source>Not compared with its receipt yet.</source>
            <translation>لم يُقارن بإيصاله بعد.</translation>
        </message>
        <message>
            <source>Not proved</source>
            <comment>a file</comment>
            <translation>غير مثبت</translation>
        </message>
        <message>
            <source>Not to be relied on</source>
            <comment>a file</comment>
            <translation>لا يُعتمد عليه</translation>
        </message>
        <message>
            <source>Reading and comparing…</source>
            <translation>جارٍ القراءة والمقارنة…</translation>
        </message>
        <message numerus="yes">
            <source>There is more about {n} others.</source>
            <translation>
                <numerusform>لا يوجد المزيد.</numerusform>
                <numerusform>يوجد المزيد عن ملف آخر.</numerusform>
                <numerusform>يوجد المزيد عن ملفين آخرين.</numerusform>
                <numerusform>يوجد المزيد عن {n} ملفات أخرى.</numerusform>
                <numerusform>يوجد المزيد عن {n} ملفًا آخر.</numerusform>
                <numerusform>يوجد المزيد عن {n} ملف آخر.</numerusform>
            </translation>
        </message>
        <message>
            <source>Time: a guess, from the date of the file.</source>
            <translation>الوقت: تخمين من تاريخ الملف.</translation>
        </message>
        <message>
            <source>Time: as the file itself says.</source>
            <translation>الوقت: كما يذكر الملف نفسه.</translation>
        </message>
        <message>
            <source>Time: from its name.</source>
            <translation>الوقت: من اسمه.</translation>
        </message>
        <message>
            <source>Time: from its receipt.</source>
            <translation>الوقت: من إيصاله.</translation>
        </message>
        <message>
            <source>Time: from the record of the job that saved it.</source>
            <translation>الوقت: من سجل المهمة التي حفظته.</translation>
        </message>
        <message>
            <source>Unchanged</source>
            <comment>a file</comment>
            <translation>لم يتغير</translation>
        </message>
        <message>
            <source>Unchanged since it was saved, but not all that was asked for.</source>
            <translation>لم يتغير منذ حفظه، لكنه ليس كل ما طُلب.</translation>
        </message>
        <message>
            <source>Written down</source>
            <translation>المدوَّن</translation>
        </message>
        <message>
            <source>a guess</source>
            <translation>تخمين</translation>
        </message>
        <message numerus="yes">
            <source>and {n} more files</source>
            <translation>
                <numerusform>ولا ملفات أخرى</numerusform>
                <numerusform>وملف آخر</numerusform>
                <numerusform>وملفان آخران</numerusform>
                <numerusform>و{n} ملفات أخرى</numerusform>
                <numerusform>و{n} ملفًا آخر</numerusform>
                <numerusform>و{n} ملف آخر</numerusform>
            </translation>
        </message>
        <message>
            <source>by its job</source>
            <translation>حسب مهمته</translation>
        </message>
        <message>
            <source>by its name</source>
            <translation>حسب اسمه</translation>
        </message>
        <message>
            <source>by its receipt</source>
            <translation>حسب إيصاله</translation>
        </message>
        <message>
            <source>by the file</source>
            <translation>حسب الملف</translation>
        </message>
        <message>
            <source>comparing with its receipt</source>
            <translation>تجري مقارنته بإيصاله</translation>
        </message>
        <message>
            <source>does not hold</source>
            <translation>غير صحيح</translation>
        </message>
        <message>
            <source>doubtful</source>
            <translation>مشكوك فيه</translation>
        </message>
        <message>
            <source>holds</source>
            <translation>صحيح</translation>
        </message>
        <message>
            <source>not in the file</source>
            <translation>غير موجود في الملف</translation>
        </message>
        <message>
            <source>not to be relied on</source>
            <translation>لا يُعتمد عليه</translation>
        </message>
        <message>
            <source>the same</source>
            <translation>مطابق</translation>
        </message>
        <message>
            <source>time from its job</source>
            <translation>الوقت من مهمته</translation>
        </message>
        <message>
            <source>time from its name</source>
            <translation>الوقت من اسمه</translation>
        </message>
        <message>
            <source>time from its receipt</source>
            <translation>الوقت من إيصاله</translation>
        </message>
        <message>
            <source>time from the file</source>
            <translation>الوقت من الملف</translation>
        </message>
        <message>
            <source>time is a guess</source>
            <translation>الوقت تخميني</translation>
        </message>
        <message>
            <source>unchanged</source>
            <translation>لم يتغير</translation>
        </message>
        <message>
            <source>unchanged, not all that was asked</source>
            <translation>لم يتغير، وليس كل ما طُلب</translation>
        </message>
        <message>
            <source>written down {written}, found {found}</source>
            <translation>المدوَّن {written}، الموجود {found}</translation>
        </message>
        <message>
            <source>{camera} (file)</source>
            <translation>{camera} (ملف)</translation>
        </message>
        <message>
            <source>{first}, {second}</source>
            <translation>{first}، {second}</translation>
        </message>
        <message>
            <source>{same} of {count} files cannot be proved to be unchanged and all that was asked for.</source>
            <translation>{same} من {count} من الملفات لا يمكن إثبات أنها لم تتغير وأنها كل ما طُلب.</translation>
        </message>
        <message>
            <source>{same} of {count} files cannot be relied on.</source>
            <translation>{same} من {count} من الملفات لا يُعتمد عليها.</translation>
        </message>
    </context>
</TS>
