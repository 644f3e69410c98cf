namespace Mdev.Sdk.Display.Rfb;

/// <summary>
/// What a viewer has asked for and nobody has looked at yet: however often it asks, that is one update. Source: RFC 6143, section 7.5.3.
/// </summary>
internal sealed class ViewerRequests : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asked = new(0, 1);
    private ScreenArea _area, _fresh;
    private bool _isAsked;

    /// <summary>A request came.</summary>
    /// <param name="area">Where the viewer looks.</param>
    /// <param name="isIncremental">Whether it still has what it was sent of it.</param>
    public void Ask(ScreenArea area, bool isIncremental)
    {
        lock (_gate)
        {
            _isAsked = true;
            _area = _area.With(area);
            if (!isIncremental)
                _fresh = _fresh.With(area);
            if (_asked.CurrentCount == 0)
                _asked.Release();
        }
    }

    /// <summary>Waits until a request comes. One that has been taken may count.</summary>
    public Task NextAsync(CancellationToken cancel) => _asked.WaitAsync(cancel);

    /// <summary>Takes what came since the last call.</summary>
    /// <param name="area">Where the viewer looks.</param>
    /// <param name="fresh">Where it has nothing any more of what it was sent.</param>
    /// <returns>Whether anything came.</returns>
    public bool TryTake(out ScreenArea area, out ScreenArea fresh)
    {
        lock (_gate)
        {
            bool isAsked = _isAsked;
            (area, fresh) = (_area, _fresh);
            (_area, _fresh, _isAsked) = (default, default, false);
            return isAsked;
        }
    }

    public void Dispose() => _asked.Dispose();
}
