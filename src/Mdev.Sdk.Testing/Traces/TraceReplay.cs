namespace Mdev.Sdk.Testing.Traces;

/// <summary>Does to a device what was done to the recorded one. The device must be fresh.</summary>
/// <param name="client">A client, of whatever kind; stays the caller's.</param>
/// <remarks>The format is described in tests/Traces/README.md.</remarks>
public sealed class TraceReplay(VfioClient client) : IDisposable
{
    // What the client has armed, by interrupt index.
    private readonly Dictionary<uint, EventFd[]> _armed = [];

    /// <summary>Replays a file.</summary>
    /// <param name="client">A client, of whatever kind; stays the caller's.</param>
    /// <param name="file">The recording.</param>
    /// <param name="deviations">Where the device differs on purpose.</param>
    /// <returns>A result a line, in order.</returns>
    /// <exception cref="FormatException">A line is not in the format.</exception>
    public static IReadOnlyList<TraceResult> Run(VfioClient client, TraceFile file, IReadOnlyList<TraceDeviation> deviations)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var replay = new TraceReplay(client);
        return [.. file.Expect(deviations).Select(e => new TraceResult(e, replay.Do(e.Line)))];
    }

    /// <summary>Carries out one line.</summary>
    /// <returns>The result, in the words of the format.</returns>
    /// <exception cref="FormatException">The line is not in the format.</exception>
    public string Do(TraceLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            return line.Name switch
            {
                "info" => Describe(client.GetDeviceInfo()),
                "region" => Describe(client.GetRegionInfo(line.Value(0))),
                "irq" => Describe(client.GetIrqInfo(line.Value(0))),
                "r" => Convert.ToHexStringLower(client.ReadRegion(line.Value(0), line.Value(1), (int)line.Value(2))),
                "w" => Write(line.Value(0), line.Value(1), line.Bytes(2)),
                "on" => Arm(line.Value(0), line.Value(1)),
                "off" => Disarm(line.Value(0)),
                "ev" => $"{TakeSignals(line.Value(0))}",
                "reset" => Reset(),
                _ => throw new FormatException($"Line {line.Number}: there is no operation \"{line.Name}\"."),
            };
        }
        catch (VfioException e)
        {
            return Describe(e.Error);
        }
    }

    /// <summary>Closes the eventfds.</summary>
    public void Dispose()
    {
        foreach (uint index in _armed.Keys.ToArray())
            Forget(index);
    }

    /// <summary>An errno in the words of the format.</summary>
    /// <param name="error">The errno.</param>
    public static string Describe(Errno error) => $"errno={(int)error}";

    private static string Describe(VfioDeviceInfo info) => $"flags={info.Flags} regions={info.Regions} irqs={info.Irqs}";

    private static string Describe(VfioRegionInfo info) => $"flags={info.Flags} size={info.Size:x}";

    private static string Describe(VfioIrqInfo info) => $"flags={info.Flags} count={info.Count}";

    private string Write(uint region, uint offset, byte[] bytes)
    {
        client.WriteRegion(region, offset, bytes);
        return $"ok {bytes.Length}";
    }

    private string Arm(uint index, uint count)
    {
        EventFd[] eventFds = [.. Enumerable.Range(0, (int)count).Select(_ => new EventFd())];
        try
        {
            client.ArmIrqs(index, eventFds);
        }
        catch
        {
            foreach (EventFd eventFd in eventFds)
                eventFd.Dispose();
            throw;
        }
        Forget(index);
        _armed[index] = eventFds;
        return "ok";
    }

    private string Disarm(uint index)
    {
        client.DisarmIrqs(index);
        Forget(index);
        return "ok";
    }

    private string Reset()
    {
        client.Reset();
        return "ok";
    }

    // A device signals before it answers the access that made it do so: there is nothing to wait for.
    private ulong TakeSignals(uint index) =>
        _armed.TryGetValue(index, out EventFd[]? eventFds)
            ? eventFds.Aggregate(0UL, (sum, eventFd) => sum + eventFd.Take())
            : 0;

    private void Forget(uint index)
    {
        if (!_armed.Remove(index, out EventFd[]? eventFds))
            return;
        foreach (EventFd eventFd in eventFds)
            eventFd.Dispose();
    }
}
