namespace Mdev.Sdk;

/// <summary>Makes instances reachable. The bus's only way to sockets and trees, which it does not know.</summary>
public interface IInstanceService
{
    /// <summary>The device is made, and nothing of it is set: it is made ready here for what comes. An exception undoes the creation.</summary>
    void Prepare(MdevInstance instance) { }

    /// <summary>
    /// Before anybody sees the instance, whose attributes are set by now. An exception undoes the creation; then <see cref="Stop"/> is called here
    /// too, for what has been begun.
    /// </summary>
    void Start(MdevInstance instance);

    /// <summary>
    /// The instance is there for everybody, and its creation is about to return. Somebody may be removing it by then, and
    /// <see cref="Stop"/> may come first.
    /// </summary>
    void Show(MdevInstance instance) { }

    /// <summary>Whether somebody uses it now; whoever only shows an instance has no users.</summary>
    bool IsInUse(MdevInstance instance) => false;

    /// <summary>Who does, for a sentence: <c>QEMU, process 123</c>; <see langword="null"/> if nobody, or unknown.</summary>
    string? UserOf(MdevInstance instance) => null;

    /// <summary>Asks the user to let go.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="count">How often it was asked before. One that comes late finds an instance that has been stopped.</param>
    void Request(MdevInstance instance, int count) { }

    /// <summary>Ends when nobody uses the instance. From the call on nobody new may use it, unless it is cancelled.</summary>
    /// <remarks>
    /// Where several services have users, the cancelling may come after the end: another one's user has stayed. After
    /// <see cref="Stop"/> it says nothing.
    /// </remarks>
    Task WhenUnused(MdevInstance instance, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Turns away whoever uses it, for good: what waits for them ends.</summary>
    void Stop(MdevInstance instance);
}
