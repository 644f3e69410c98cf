namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>
/// A thread that serves one client after another. One waits in reserve, so that a client which comes to an idle process, or again, is not kept
/// waiting while a thread is made: that takes longer than all that clients ask for at first.
/// </summary>
internal sealed class SessionThread
{
    private const string InReserve = "mdev-reserve";

    private static SessionThread? s_reserve;

    private readonly object _given = new();
    private bool _isGiven;
    private string _name = InReserve;
    private Action _serve = static () => { };
    private Action _ended = static () => { };

    private SessionThread()
    {
        // Deep recursion has no place in a register handler; a thousand devices have a thousand stacks.
        const int StackSize = 256 * 1024;
        new Thread(Run, StackSize) { IsBackground = true, Name = _name }.UnsafeStart();
    }

    /// <summary>Makes the one in reserve, unless it is there.</summary>
    public static void Prepare()
    {
        if (Volatile.Read(ref s_reserve) is not null)
            return;
        var made = new SessionThread();
        if (Interlocked.CompareExchange(ref s_reserve, made, null) is not null)
            made.Give(InReserve, static () => { }, static () => { });
    }

    /// <summary>Has a client served.</summary>
    /// <param name="name">Of the thread, meanwhile.</param>
    /// <param name="serve">Returns when the client is gone, and throws nothing.</param>
    /// <param name="ended">Called after it, when the thread may serve the next client.</param>
    public static void Serve(string name, Action serve, Action ended) =>
        (Interlocked.Exchange(ref s_reserve, null) ?? new SessionThread()).Give(name, serve, ended);

    private void Give(string name, Action serve, Action ended)
    {
        lock (_given)
        {
            (_name, _serve, _ended, _isGiven) = (name, serve, ended, true);
            Monitor.Pulse(_given);
        }
    }

    private void Await()
    {
        lock (_given)
        {
            while (!_isGiven)
                Monitor.Wait(_given);
            _isGiven = false;
        }
    }

    private void Run()
    {
        while (true)
        {
            Await();
            Thread.CurrentThread.Name = _name;
            _serve();

            // In this order: once in reserve, what it serves next may be given at any moment.
            Action ended = _ended;
            (_serve, _ended) = (static () => { }, static () => { });
            Thread.CurrentThread.Name = InReserve;
            bool isReserve = Interlocked.CompareExchange(ref s_reserve, this, null) is null;
            ended();
            if (!isReserve)
                return;
        }
    }
}
