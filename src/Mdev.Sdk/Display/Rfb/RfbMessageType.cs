namespace Mdev.Sdk.Display.Rfb;

/// <summary>What a viewer's message is. Source: RFC 6143, section 7.5.</summary>
internal enum RfbMessageType : byte
{
    SetPixelFormat = 0,
    SetEncodings = 2,
    FramebufferUpdateRequest = 3,
    KeyEvent = 4,
    PointerEvent = 5,
    ClientCutText = 6,
}
