<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>&amp;Address</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Import a list…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Method</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Password</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Pinned certificates, SHA-256</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Requests</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Streams from host</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;Transfers</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>&amp;User</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Add</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Add a server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Anybody in between could then read the password and change the pictures.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Basic</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Can its streams be reached?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose a server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Compare the fingerprint with the administrator's by another way before you trust it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Do not verify its certificate</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Do user and password work?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Does anything answer?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Does it offer recordings?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>E&amp;xport the list…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>For</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Forget…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Go on</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>How is it protected?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>I compared it with the administrator's fingerprint</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Is its clock right?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Issued by</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Issued to</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Its certificate is not verified</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>More</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Open saved &amp;files instead…</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>OpenID (XProtect)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Other &amp;hosts that may get the credentials</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Pinned is</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Remember the password on this computer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Save</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Send it all the same</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Server settings</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Servers that you sign in to are listed here.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Set by the administrator of this computer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Set by the administrator of this computer. You choose only who signs in.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Shown is</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in to {title}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Streams without TLS may get the password by Basic</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The administrator of this computer allows only the servers of this list.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The certificate of {where} has changed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Token</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Trust this certificate</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Type a name or an IP address, without https://.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Valid</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>What else does it offer?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Which sign-in does it want?</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>all that the server allows</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>as the server says</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>at most {rate:g} MB a second</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>name, or DOMAIN\name</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>no limit for this server</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>none: this computer's trusted authorities decide</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>none; separate several by commas</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{first} to {last} (UTC)</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{names} and {more} more</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{percent} % of what the server allows</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>“{host}” is not a host.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
