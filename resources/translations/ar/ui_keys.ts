<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>&amp;As it was</source>
            <translation>كما &amp;كان</translation>
        </message>
        <message>
            <source>&amp;No key</source>
            <translation>&amp;بلا مفتاح</translation>
        </message>
        <message>
            <source>&amp;Reset all</source>
            <translation>إ&amp;عادة ضبط الكل</translation>
        </message>
        <message>
            <source>&amp;Use this key</source>
            <translation>ا&amp;ستخدام هذا المفتاح</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>الإجراء</translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation>الإجراءات ومفاتيحها</translation>
        </message>
        <message>
            <source>Change keys</source>
            <translation>تغيير المفاتيح</translation>
        </message>
        <message>
            <source>Change places</source>
            <translation>تبديل المواضع</translation>
        </message>
        <message>
            <source>Choose an action, click into the field and press the new key.</source>
            <translation>اختر إجراءً، وانقر في الحقل، ثم اضغط المفتاح الجديد.</translation>
        </message>
        <message>
            <source>Double-click a tile</source>
            <translation>نقر مزدوج على خانة</translation>
        </message>
        <message>
            <source>Drag a camera</source>
            <translation>سحب كاميرا</translation>
        </message>
        <message>
            <source>Drag a tile's header</source>
            <translation>سحب ترويسة خانة</translation>
        </message>
        <message>
            <source>Drag over the bands</source>
            <translation>السحب فوق الأشرطة</translation>
        </message>
        <message>
            <source>Drag the playhead</source>
            <translation>سحب رأس التشغيل</translation>
        </message>
        <message>
            <source>Drag the ruler</source>
            <translation>سحب المسطرة</translation>
        </message>
        <message>
            <source>Earlier and later</source>
            <translation>أبكر وأحدث</translation>
        </message>
        <message>
            <source>Enlarge, then drag it</source>
            <translation>تكبير ثم سحب</translation>
        </message>
        <message>
            <source>Find an action or a key</source>
            <translation>بحث عن إجراء أو مفتاح</translation>
        </message>
        <message>
            <source>Full size and back</source>
            <translation>الحجم الكامل والعودة</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>المفاتيح</translation>
        </message>
        <message>
            <source>Look through</source>
            <translation>تصفّح</translation>
        </message>
        <message>
            <source>Mark in and out</source>
            <translation>تحديد البداية والنهاية</translation>
        </message>
        <message>
            <source>Move time</source>
            <translation>تحريك الوقت</translation>
        </message>
        <message>
            <source>New key</source>
            <translation>مفتاح جديد</translation>
        </message>
        <message>
            <source>New key: press it</source>
            <translation>مفتاح جديد: اضغطه</translation>
        </message>
        <message>
            <source>Only this key starts the action</source>
            <translation>هذا المفتاح وحده يشغّل الإجراء</translation>
        </message>
        <message>
            <source>Picture and exact time</source>
            <translation>الصورة والوقت الدقيق</translation>
        </message>
        <message>
            <source>Point at the timeline</source>
            <translation>الإشارة إلى الخط الزمني</translation>
        </message>
        <message>
            <source>Shift+wheel there</source>
            <translation>Shift+العجلة هناك</translation>
        </message>
        <message>
            <source>Show it in that tile</source>
            <translation>عرضها في تلك الخانة</translation>
        </message>
        <message>
            <source>The action stays in its menu</source>
            <translation>يبقى الإجراء في قائمته</translation>
        </message>
        <message>
            <source>The keys that it has stay</source>
            <translation>تبقى مفاتيحه الحالية</translation>
        </message>
        <message>
            <source>The program's own keys</source>
            <translation>مفاتيح البرنامج الأصلية</translation>
        </message>
        <message>
            <source>This is no key that can be used.</source>
            <translation>لا يمكن استخدام هذا المفتاح.</translation>
        </message>
        <message>
            <source>Use it &amp;too</source>
            <translation>استخدامه أ&amp;يضًا</translation>
        </message>
        <message>
            <source>Wheel in a picture</source>
            <translation>العجلة في صورة</translation>
        </message>
        <message>
            <source>Wheel on the timeline</source>
            <translation>العجلة على الخط الزمني</translation>
        </message>
        <message>
            <source>With the mouse</source>
            <translation>بالفأرة</translation>
        </message>
        <message>
            <source>Zoom about the pointer</source>
            <translation>تكبير حول المؤشر</translation>
        </message>
        <message>
            <source>{key} is needed to move about in lists and fields.</source>
            <translation>المفتاح {key} لازم للتنقل في القوائم والحقول.</translation>
        </message>
        <message>
            <source>{pressed} does this already.</source>
            <translation>المفتاح {pressed} يفعل ذلك بالفعل.</translation>
        </message>
        <message>
            <source>{pressed} is free.</source>
            <translation>المفتاح {pressed} غير مستخدم.</translation>
        </message>
        <message>
            <source>{pressed} is the key for “{texts}”. It will not be any more.</source>
            <translation>{pressed} هو مفتاح «{texts}». لن يبقى كذلك.</translation>
        </message>
    </context>
</TS>
