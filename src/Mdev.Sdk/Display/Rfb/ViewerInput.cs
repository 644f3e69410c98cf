using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>A viewer's keys and pointer. What it holds down when it goes, it has let go: no key is stuck for the next one.</summary>
/// <param name="screen">Gets them.</param>
internal sealed class ViewerInput(Screen screen) : IDisposable
{
    // More than a person has fingers; what else is down stays so, as if nobody had cared.
    private const int MostKeys = 64;

    private readonly HashSet<uint> _keys = [];
    private int _x, _y;
    private PointerButtons _buttons;

    /// <summary>A key went down or up.</summary>
    public void Key(uint keysym, bool isDown)
    {
        if (!isDown)
            _keys.Remove(keysym);
        else if (_keys.Count < MostKeys)
            _keys.Add(keysym);
        screen.Key(keysym, isDown);
    }

    /// <summary>The pointer moved, or a button of it changed.</summary>
    public void Pointer(int x, int y, PointerButtons buttons)
    {
        (_x, _y, _buttons) = (x, y, buttons);
        screen.Pointer(x, y, buttons);
    }

    public void Dispose()
    {
        foreach (uint keysym in _keys)
            screen.Key(keysym, isDown: false);
        if (_buttons != PointerButtons.None)
            screen.Pointer(_x, _y, PointerButtons.None);
    }
}
