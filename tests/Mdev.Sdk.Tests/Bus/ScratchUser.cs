namespace Mdev.Sdk.Tests.Bus;

/// <summary>A service whose instances somebody uses until the test lets go.</summary>
internal sealed class ScratchUser : IInstanceService
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Calls { get; } = [];

    public string? User { get; set; }

    public Exception? StartFailure { get; set; }

    public Exception? StopFailure { get; set; }

    public Action<int>? OnRequest { get; set; }

    public Exception? WaitFailure { get; set; }

    public void LetGo() => _released.TrySetResult();

    public void Start(MdevInstance instance)
    {
        Calls.Add("start");
        if (StartFailure is { } failure)
            throw failure;
    }

    public bool IsInUse(MdevInstance instance) => User is not null;

    public string? UserOf(MdevInstance instance) => User;

    public void Request(MdevInstance instance, int count)
    {
        lock (Calls)
            Calls.Add($"request {count}");
        OnRequest?.Invoke(count);
    }

    public Task WhenUnused(MdevInstance instance, CancellationToken cancel)
    {
        if (WaitFailure is { } failure)
            throw failure;
        return User is null ? Task.CompletedTask : _released.Task.WaitAsync(cancel);
    }

    public void Stop(MdevInstance instance)
    {
        Calls.Add("stop");
        if (StopFailure is { } failure)
            throw failure;
    }
}
