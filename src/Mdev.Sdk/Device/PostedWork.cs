namespace Mdev.Sdk.Device;

/// <summary>A piece of a device's asynchronous work, from <see cref="VfioDevice.Post(Func{CancellationToken, Task}, string)"/> to its end.</summary>
internal sealed class PostedWork : IThreadPoolWorkItem
{
    private static readonly AsyncLocal<PostedWork?> s_current = new();

    private readonly VfioDevice _device;
    private readonly Func<CancellationToken, Task> _work;
    private readonly Func<Task> _cancel;
    private readonly CancellationToken _cancelled;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PostedWork(VfioDevice device, Func<CancellationToken, Task> work, string name)
    {
        (_device, _work, Name) = (device, work, Shorten(name));

        // Without a timer of its own there is nothing in it to dispose of, and code of the vendor's may look at it late.
        var cancellation = new CancellationTokenSource();
        (_cancel, _cancelled) = (cancellation.CancelAsync, cancellation.Token);
    }

    /// <summary>The work that the caller is a part of: it must not be waited for.</summary>
    public static PostedWork? Current => s_current.Value;

    /// <summary>The code that was posted, for people.</summary>
    public string Name { get; }

    /// <summary>Ends with the work, however it ends.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks it to end. On another thread: what waits for that is the vendor's code, and the caller may hold the device's lock.</summary>
    public void Cancel() => _ = CancelAsync();

    public void Execute() => _ = RunAsync();

    // A lambda has many lines, and the first one tells it from others.
    private static string Shorten(string name)
    {
        const int Longest = 80;
        int end = name.IndexOfAny(['\r', '\n']);
        end = Math.Min(end < 0 ? name.Length : end, Longest);
        return end == name.Length ? name : name[..end];
    }

    private async Task CancelAsync()
    {
        try
        {
            await _cancel().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            _device.WorkThrew(e, Name);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (HasBegun())
            {
                s_current.Value = this;
                await _work(_cancelled).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_cancelled.IsCancellationRequested)
        {
            // That is how it ends when the device comes to rest.
        }
        catch (Exception e)
        {
            _device.WorkThrew(e, Name);
        }
        _device.WorkEnded(this);
        _ended.SetResult();
    }

    // The access that posted it is over once the lock can be had.
    private bool HasBegun()
    {
        lock (_device.Gate)
            return !_cancelled.IsCancellationRequested;
    }
}
