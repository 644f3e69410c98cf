using Mdev.Sdk.Display.Screens;

namespace Mdev.Sdk.Web.Live;

/// <summary>What a viewer has of a screen.</summary>
internal sealed class ShownScreen(Screen screen)
{
    private ScreenFrame? _frame;
    private long _seen;

    // Of a picture that comes in several updates: the next tile, and the version that the viewer has when all are there.
    private int _next;
    private long _target;

    /// <summary>Whether the screen shows something else.</summary>
    public bool HasMore => screen.Frame != _frame || _next > 0 || _frame.Version > _seen;

    /// <summary>Waits until it does, or the device is gone.</summary>
    public Task WaitAsync(CancellationToken cancel) =>
        _frame is { } frame ? screen.WaitAsync(frame, _seen, cancel)

            // The first frame of all is one of which nobody knows anything yet.
            : screen.WaitAsync(screen.Frame, seen: 1, cancel);

    /// <summary>Puts the mode into an update, if it is another one.</summary>
    public void TellMode(Update update)
    {
        if (screen.Frame is { } frame && frame != _frame)
        {
            (_frame, _seen, _next) = (frame, 0, 0);
            update.AddMode(frame);
        }
    }

    /// <summary>Puts the tiles that are different into an update, as far as they fit.</summary>
    public void TellPixels(Update update)
    {
        ScreenFrame frame = _frame!;
        if (_next == 0)
            _target = frame.Version;
        if (frame.Reason is null && (_next > 0 || _target > _seen))
            _next = update.AddPixels(frame, _seen, _next);
        if (frame.Reason is not null || _next == frame.Columns * frame.Rows)
            (_seen, _next) = (_target, 0);
    }
}
