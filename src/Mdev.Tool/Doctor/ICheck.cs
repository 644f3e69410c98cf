namespace Mdev.Tool.Doctor;

/// <summary>One thing that goes wrong often. A check that does not apply finds nothing.</summary>
internal interface ICheck
{
    Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel);
}
