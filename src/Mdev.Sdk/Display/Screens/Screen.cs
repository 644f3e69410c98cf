using Mdev.Sdk.Device;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Display.Screens;

/// <summary>
/// A device's screen as viewers see it. While somebody watches, it is compared with what it was, faster where it changes; all viewers
/// share that. While nobody does, nothing happens.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="display">The same, as one with a screen.</param>
internal sealed class Screen(VfioDevice device, IDisplay display) : IDisposable
{
    // One in 1/60 s while it changes. A screen that stands still is looked at ever more seldom, down to what a person waits for
    // without noticing.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(160);

    // Of a screen that stands still some lines are looked at in turn: what is drawn mostly covers several, and one alone is found soon.
    private const int GlanceStep = 8;

    // A guest may set nonsense as fast as it likes.
    private const long MillisecondsBetweenReasons = 1000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScreenFrame _frame = new(640, 480, version: 1, reason: "nobody has looked yet");
    private int _watchers;
    private bool _isLooking, _disposed;
    private string? _logged;
    private long _loggedAt = -MillisecondsBetweenReasons;

    /// <summary>The instance's UUID.</summary>
    public Guid Uuid => device.Uuid;

    /// <summary>The device.</summary>
    public VfioDevice Device => device;

    /// <summary>What is shown, kept up to date while somebody watches. Another one with each mode.</summary>
    public ScreenFrame Frame => Volatile.Read(ref _frame);

    /// <summary>Whether the device is gone.</summary>
    public bool IsGone => Volatile.Read(ref _disposed);

    /// <summary>Listens to the device's hints.</summary>
    public void Begin()
    {
        if (display.Hints is not { } hints)
            return;
        hints.ModeTold = () => _ = Scanout();
        hints.Told = Wake;
    }

    /// <summary>Has the screen followed until what is returned is disposed. From the return on <see cref="Frame"/> is what it shows.</summary>
    public IDisposable Watch()
    {
        lock (_gate)
        {
            // What others have seen last may be of another mode.
            _watchers++;
            if (Look())
                Tell();
            if (!_isLooking && !_disposed)
            {
                _isLooking = true;
                _ = Task.Run(LookAsync);
            }
        }
        Wake();
        return new Watcher(this);
    }

    /// <summary>Waits until there is more than a viewer has seen, or the device is gone.</summary>
    /// <param name="frame">The frame that it has.</param>
    /// <param name="seen">Its version of that.</param>
    /// <param name="cancel">Ends the waiting with an <see cref="OperationCanceledException"/>.</param>
    public async Task WaitAsync(ScreenFrame frame, long seen, CancellationToken cancel)
    {
        while (true)
        {
            // Before the look: what changes after it completes this one.
            Task changed = Volatile.Read(ref _changed).Task;
            if (Frame != frame || frame.Version > seen || IsGone)
                return;
            await changed.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>What the screen shows at this moment, whether somebody watches or not.</summary>
    /// <exception cref="MdevException">EAGAIN: there is no picture; why, the text says. ENODEV: the device is gone.</exception>
    public ScreenFrame Capture()
    {
        lock (_gate)
        {
            if (_disposed)
                throw new MdevException(Errno.ENODEV, $"The device {Uuid} is gone.");
            Scanout scanout = Scanout();
            if (!scanout.IsOn)
                throw new MdevException(Errno.EAGAIN, $"The screen of {Uuid} has no picture: {Reason(scanout)}.");
            var frame = new ScreenFrame(scanout.Width, scanout.Height, version: 1);
            frame.Take(scanout, .., ..);
            return frame;
        }
    }

    /// <summary>A viewer's key.</summary>
    public void Key(uint keysym, bool isDown) => Deliver(() => display.OnKey(keysym, isDown));

    /// <summary>A viewer's pointer; outside of the screen, it is at its edge.</summary>
    public void Pointer(int x, int y, PointerButtons buttons)
    {
        ScreenFrame frame = Frame;
        (x, y) = (Math.Clamp(x, 0, frame.Width - 1), Math.Clamp(y, 0, frame.Height - 1));
        Deliver(() => display.OnPointer(x, y, buttons));
    }

    /// <summary>Ends it: nothing of the device's memory is looked at any more.</summary>
    public void Dispose()
    {
        if (display.Hints is { } hints)
            (hints.Told, hints.ModeTold) = (null, null);

        // Both: neither a look nor a handler of input may find the device's memory gone.
        lock (_gate)
        {
            lock (device.Gate)
                Volatile.Write(ref _disposed, true);
        }
        Tell();
        Wake();
    }

    private async Task LookAsync()
    {
        TimeSpan pause = s_shortest;
        for (int round = 0; GoesOn(); round++)
        {
            bool changed = pause < s_longest ? Look() : Glance(round % GlanceStep) && Look();
            if (changed)
                Tell();
            pause = changed ? s_shortest : TimeSpan.FromTicks(Math.Min((pause * 1.25).Ticks, s_longest.Ticks));

            // One wait where nothing happens: it is the waking up that costs. What is told needs no looking for; it is collected.
            TimeSpan wait = display.Hints is { CoverPixels: true } ? Timeout.InfiniteTimeSpan : pause;
            if (!changed && !await _wake.WaitAsync(wait).ConfigureAwait(false))
                continue;
            pause = s_shortest;
            await Task.Delay(s_shortest).ConfigureAwait(false);
        }
    }

    private bool GoesOn()
    {
        lock (_gate)
            return _isLooking = _watchers > 0 && !_disposed;
    }

    private bool Glance(int line)
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            Scanout scanout = Scanout();
            ScreenFrame frame = Frame;
            if (!scanout.IsOn)
                return frame.Reason != Reason(scanout);
            return frame.Reason is not null || frame.Width != scanout.Width || frame.Height != scanout.Height
                || frame.Differs(scanout, line, GlanceStep);
        }
    }

    private bool Look()
    {
        lock (_gate)
        {
            if (_disposed)
                return false;
            Scanout scanout = Scanout();
            ScreenFrame frame = Frame;
            if (!scanout.IsOn)
            {
                string reason = Reason(scanout);
                if (frame.Reason == reason)
                    return false;
                Volatile.Write(ref _frame, new ScreenFrame(frame.Width, frame.Height, frame.Version + 1, reason));
                return true;
            }

            if (frame.Reason is not null || frame.Width != scanout.Width || frame.Height != scanout.Height)
            {
                var next = new ScreenFrame(scanout.Width, scanout.Height, frame.Version + 1);
                _ = display.Hints?.Take();
                next.Take(scanout, .., ..);
                Volatile.Write(ref _frame, next);
                return true;
            }
            return display.Hints is { CoverPixels: true } hints ? TakeDrawn(frame, scanout, hints) : frame.Take(scanout, .., ..);
        }
    }

    private static bool TakeDrawn(ScreenFrame frame, in Scanout scanout, ScreenHints hints)
    {
        (int left, int top, int right, int bottom) = hints.Take();
        (left, right) = (Math.Clamp(left, 0, frame.Width), Math.Clamp(right, 0, frame.Width));
        (top, bottom) = (Math.Clamp(top, 0, frame.Height), Math.Clamp(bottom, 0, frame.Height));
        if (left >= right || top >= bottom)
            return false;
        const int size = ScreenFrame.TileSize;
        return frame.Take(scanout, (left / size)..((right + size - 1) / size), (top / size)..((bottom + size - 1) / size));
    }

    private Scanout Scanout()
    {
        lock (device.Gate)
        {
            Scanout scanout;
            try
            {
                scanout = display.Scanout;

                // Another device's memory, or none yet, throws here and not where tiles are compared.
                if (scanout.IsOn)
                    _ = scanout.Line(0);
            }
            catch (Exception e)
            {
                device.Counters.HandlerFaults++;
                ScreenLog.ScanoutThrew(device.Logger, e, Uuid);
                return Display.Scanout.Off;
            }

            if (scanout.Mistaken != _logged && Environment.TickCount64 - _loggedAt >= MillisecondsBetweenReasons)
            {
                (_logged, _loggedAt) = (scanout.Mistaken, Environment.TickCount64);
                if (_logged is not null)
                    ScreenLog.NoPicture(device.Logger, Uuid, _logged);
            }
            return scanout;
        }
    }

    private static string Reason(in Scanout scanout) => scanout.Mistaken ?? "it is off";

    // The first of two is enough to be woken by.
    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was faster.
        }
    }

    private void Tell() =>
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private void Deliver(Action input)
    {
        if (!IsGone && device.Deliver(WhileThere) is { } thrown)
            ScreenLog.InputThrew(device.Logger, thrown, Uuid);

        // What a guest does with it will be seen soon.
        Wake();

        void WhileThere()
        {
            if (!IsGone)
                input();
        }
    }

    private sealed class Watcher(Screen screen) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            lock (screen._gate)
                screen._watchers--;
        }
    }
}
