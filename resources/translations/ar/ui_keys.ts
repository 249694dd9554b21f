<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>&amp;As it was</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;No key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Reset all</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Use this key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Action</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change keys</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Change places</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose an action, click into the field and press the new key.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Double-click a tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Drag a camera</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Drag a tile's header</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Drag over the bands</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Drag the playhead</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Drag the ruler</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Earlier and later</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Enlarge, then drag it</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Find an action or a key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Full size and back</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Keys</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Look through</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Mark in and out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Move time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>New key</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>New key: press it</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Only this key starts the action</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Picture and exact time</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Point at the timeline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Shift+wheel there</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Show it in that tile</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The action stays in its menu</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The keys that it has stay</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The program's own keys</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This is no key that can be used.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use it &amp;too</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Wheel in a picture</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Wheel on the timeline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>With the mouse</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Zoom about the pointer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{key} is needed to move about in lists and fields.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{pressed} does this already.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{pressed} is free.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{pressed} is the key for “{texts}”. It will not be any more.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
