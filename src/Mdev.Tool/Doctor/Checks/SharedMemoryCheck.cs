using System.Globalization;
using System.Text;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>Virtual machines whose memory the device cannot map: QEMU says nothing, and each access becomes a message.</summary>
internal sealed class SharedMemoryCheck : ICheck
{
    private const string Remedy =
        "start it with -object memory-backend-memfd,id=mem,size=SIZE,share=on -machine memory-backend=mem (Cloud Hypervisor: --memory shared=on)";

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel)
    {
        IReadOnlyList<Finding> findings = [.. patient.Instances.Where(i => i.Serving?.Client is not null).Select(i => Look(patient, i, i.Serving!))];
        return Task.FromResult(findings);
    }

    private static Finding Look(Patient patient, InstanceInfo instance, ServingInfo serving)
    {
        if (serving is { SharedMemory: 0, UnsharedMemory: > 0 } || (serving is { SharedMemory: 0, UnsharedMemory: 0 } && IsStartedWithout(patient, serving)))
            return Finding.Problem($"{serving.Client} does not share its memory with device {instance.Uuid}, so that DMA is slow or fails: {Remedy}");
        if (serving.UnsharedMemory > 0)
        {
            return Finding.Warning(string.Create(CultureInfo.InvariantCulture,
                $"{serving.Client} shares {serving.SharedMemory >> 20} MiB with device {instance.Uuid} and keeps {serving.UnsharedMemory >> 20} MiB to itself, where DMA is slow or fails: {Remedy}"));
        }
        return Finding.Ok($"{serving.Client} shares its memory with device {instance.Uuid}");
    }

    // What the command line says, as long as nothing is mapped: a firmware that has not come so far.
    private static bool IsStartedWithout(Patient patient, ServingInfo serving)
    {
        if (serving.ClientProcess is not { } process)
            return false;
        try
        {
            byte[] line = File.ReadAllBytes(Path.Combine(patient.Processes, process.ToString(CultureInfo.InvariantCulture), "cmdline"));
            string text = Encoding.UTF8.GetString(line);
            return !text.Contains("share=on", StringComparison.Ordinal) && !text.Contains("shared=on", StringComparison.Ordinal)
                && !text.Contains("\"share\":true", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
