<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>&amp;Forget</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>إ&amp;عادة</translation>
        </message>
        <message>
            <source>&amp;Redo {what}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;تراجع</translation>
        </message>
        <message>
            <source>&amp;Undo {what}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>A certificate is pinned, but the address is one without TLS.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask the administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose it in the list.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It said nothing.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Loading cameras…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Loading the timeline</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Name of this layout</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No earlier event in the part of the timeline that was loaded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No later event in the part of the timeline that was loaded.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nobody is signed in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nobody is signed in. Sign in to see cameras.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Not signed in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a camera first.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a camera to mark in and out.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open a camera to see its days with footage.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save layout</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Saved {target}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in first.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in first: layouts belong to a server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in to a server to see its time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Signing in to {server}…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Signing in…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Starting the embedded recording server…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The administrator of this computer has set that server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The certificate of this server is set by the administrator of this computer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The embedded recording server did not start.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The language changes when the program is started again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The program is open already: this is its window.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The saved password does not work any more.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server could not be looked at.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no earlier recording up to {when}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no earlier recording.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no later recording up to {when}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no later recording.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>There is no picture to save.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This server does not say what was recorded. Playing works all the same.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This server does not say what was recorded: go there by date and time (Ctrl+G).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use https:// in the address, or take the pin away.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>about {size}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>closing {camera}</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>closing {n} cameras</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>moving in and out</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no footage</source>
            <translation>بلا تسجيلات</translation>
        </message>
        <message numerus="yes">
            <source>opening {n} cameras</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message>
            <source>rearranging tiles</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{duration} of it recorded</source>
            <translation type="unfinished"></translation>
        </message>
        <message numerus="yes">
            <source>{n} files are being saved</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} waiting</source>
            <translation type="unfinished">
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
                <numerusform></numerusform>
            </translation>
        </message>
    </context>
</TS>
