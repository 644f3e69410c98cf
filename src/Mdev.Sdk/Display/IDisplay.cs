namespace Mdev.Sdk.Display;

/// <summary>
/// A device with a screen, which people and tools can look at: <c>dotnet mdev screenshot</c>, <c>--vnc</c>, <c>--web</c>. Only
/// <see cref="Scanout"/> has to be there.
/// </summary>
/// <example>
/// <code>
/// public sealed partial class Card : PciDevice, IDisplay
/// {
///     Scanout IDisplay.Scanout => Enabled ? new(Vram, Offset, Width, Height, Pitch) : Scanout.Off;
/// }
/// </code>
/// </example>
/// <remarks>All members are called on the device's lock, as handlers are, and must not block.</remarks>
public interface IDisplay
{
    /// <summary>
    /// What the screen shows now, made from registers as a guest has left them: whether it makes sense is checked by who asks. Asked
    /// for while somebody looks, up to 60 times a second.
    /// </summary>
    Scanout Scanout { get; }

    /// <summary>What the device tells of its screen by itself; <see langword="null"/> if it tells nothing, and is looked at.</summary>
    ScreenHints? Hints => null;

    /// <summary>A viewer's key went down or up.</summary>
    /// <param name="keysym">
    /// X11's number of what is on the key (<c>0x61</c> for <c>a</c>, <c>0xff0d</c> for Return). Source: RFC 6143, section 7.5.4.
    /// </param>
    /// <param name="isDown">Whether it went down.</param>
    void OnKey(uint keysym, bool isDown) { }

    /// <summary>A viewer's pointer moved, or a button of it changed.</summary>
    /// <param name="x">Pixels from the left, inside of the screen.</param>
    /// <param name="y">Pixels from the top, inside of the screen.</param>
    /// <param name="buttons">The buttons that are down.</param>
    void OnPointer(int x, int y, PointerButtons buttons) { }
}
