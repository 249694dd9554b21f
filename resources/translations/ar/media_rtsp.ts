<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
    <context>
        <name>rta_viewer</name>
        <message>
            <source>Add the host to this server's settings if it belongs to it.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Allow Basic for this server in its settings, if its network can be trusted.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask the server's administrator for the right to play recordings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask the server's administrator which kind of RTSP replay it offers.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Ask the server's administrator; the viewer does not follow such a redirect.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check that the address leads to the recording server's streams.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check that the recording server runs and that no firewall is in the way.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check that the server really offers TLS on this port.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the address, or switch on the sign-in address for streams.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the network, and that no firewall is in the way.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Check the network; the viewer can try again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose an earlier time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Choose another time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>It may be playing too many: close some pictures and try again in a moment.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No connection to the stream on {host}, port {port}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>No encrypted connection to {host} is possible.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded at that time or earlier.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded at that time or later.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Nothing was recorded at that time.</source>
            <translation>لم يُسجَّل شيء في ذلك الوقت.</translation>
        </message>
        <message>
            <source>Play again.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Set the camera to H.264, H.265 or MJPEG.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Set the camera to a key frame each few seconds.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Sign in again; the user may also lack the right to play recordings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Switch on Digest (SHA-256 or MD5) on the recording server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Switch on RTSP over TCP (interleaved) on the recording server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Tell the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The camera may have been deleted; reload the cameras (F5).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The connection to the stream was closed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The encrypted connection to {host} failed.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The end of the time to play is not after its start.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The host {host} of the stream has no address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The host {host} of the stream is not known.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server and the viewer find no common way to play.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server cannot play this stream now.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server does not allow this user to play this camera.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server does not offer its streams over TCP.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server ended our session.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server has no stream at the address that it gave.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server refused the request {method} for the stream ({status} {reason}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The recording server's streams refuse the user name or the password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server gave an address for the stream that is not an RTSP address.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The server sends pictures without ever answering the request.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream asks for a kind of sign-in that the viewer does not know.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream asks for the password in readable form over an unencrypted connection.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream has no picture at which decoding can start.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream has no pictures in a format that the viewer knows (offered: {formats}).</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream has no pictures in a format that the viewer knows.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream is on {host}, which is not a host of this server, and asks for a password.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream is redirected from one address to the next without end.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream was redirected from an encrypted to an unencrypted connection.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream was redirected to {host}, which is not a host of this server.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The stream's host {host} did not answer in time.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>The viewer can try again; if it happens often, ask the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This recording server does not play backwards by itself.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>This recording server says that it plays backwards, but does not.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try again; if it stays so, ask the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Try another time or camera; if it stays so, ask the server's administrator.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>Use the sign-in address for streams, or add the host in this server's settings.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>a web server's answer</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>absurd Content-Length {shown}</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>endless header fields</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>garbage instead of data</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>too many header fields</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>unknown reason</source>
            <translation>سبب غير معروف</translation>
        </message>
        <message>
            <source>{host} answered other requests than the request {method} for the stream.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} did not answer the request {method} for the stream.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not speak RTSP as it should: {reason}.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} does not take our requests any more.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} ended the connection to the stream.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} fell silent: no pictures and no answer.</source>
            <translation type="unfinished"></translation>
        </message>
        <message>
            <source>{host} sends no pictures.</source>
            <translation type="unfinished"></translation>
        </message>
    </context>
</TS>
