namespace Mdev.Devices;

/// <summary>The crypto adapters of a machine, whose queues matrices share out: each belongs to one of them at a time.</summary>
/// <param name="lastAdapter">The highest number of an adapter; at most 255.</param>
/// <param name="lastDomain">The highest number of a domain; at most 255.</param>
[MdevParent("vfio_ap", MaxInstances = 65536)]
public sealed partial class ApParent(uint lastAdapter = 15, uint lastDomain = 84) : MdevParent<ApMatrix, int>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(uint Adapter, uint Domain), ApMatrix> _holders = [];

    [MdevType("passthrough", "VFIO AP Passthrough Device")] public static int Passthrough => 0;

    /// <summary>What management tools may rely on.</summary>
    [MdevAttribute] private static string Features => "ap_config dyn";

    /// <summary>05.0047, as all tools of the machine name a queue.</summary>
    public static string NameOf((uint Adapter, uint Domain) queue) => $"{queue.Adapter:x2}.{queue.Domain:x4}";

    /// <summary>Gives a matrix all the queues it wants, or changes nothing.</summary>
    /// <exception cref="MdevException">ENODEV: the machine has no such adapter or domain. EADDRINUSE: another matrix has one of the queues.</exception>
    public void Assign(ApMatrix matrix, ApConfiguration wanted)
    {
        if (wanted.Adapters.Any(number => number > lastAdapter))
            throw new MdevException(Errno.ENODEV, $"There is no adapter {wanted.Adapters.Max}; they are 0 to {lastAdapter}.");
        if (wanted.Domains.Union(wanted.ControlDomains) is var domains && domains.Any(number => number > lastDomain))
            throw new MdevException(Errno.ENODEV, $"There is no domain {domains.Max}; they are 0 to {lastDomain}.");
        lock (_gate)
        {
            foreach ((uint, uint) queue in wanted.Queues)
            {
                if (_holders.TryGetValue(queue, out ApMatrix? other) && other != matrix)
                    throw new MdevException(Errno.EADDRINUSE, $"Queue {NameOf(queue)} is assigned to {other.Uuid} already.");
            }

            Release(matrix);
            foreach ((uint, uint) queue in wanted.Queues)
                _holders[queue] = matrix;
        }
    }

    /// <summary>Takes a matrix's queues back.</summary>
    public void Release(ApMatrix matrix)
    {
        lock (_gate)
        {
            foreach ((uint, uint) queue in _holders.Where(held => held.Value == matrix).Select(held => held.Key).ToArray())
                _holders.Remove(queue);
        }
    }
}
