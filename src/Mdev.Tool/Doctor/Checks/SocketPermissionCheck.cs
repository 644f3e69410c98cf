using Mdev.Sdk.Interop;
using Mdev.Sdk.Management.Control.Messages;

namespace Mdev.Tool.Doctor.Checks;

/// <summary>Whether the user that libvirt runs QEMU as can open the devices' sockets.</summary>
internal sealed class SocketPermissionCheck : ICheck
{
    // Debian's and Fedora's.
    private static readonly string[] s_users = ["libvirt-qemu", "qemu"];

    public Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Finding>>(Look(patient));

    private static List<Finding> Look(Patient patient)
    {
        List<Finding> findings = [];
        string[] sockets = [.. patient.Instances.Select(i => i.Socket).OfType<string>().Where(s => s.StartsWith('/'))];
        foreach (string socket in sockets.Where(s => !FileRights.CanReadAndWrite(s)))
            findings.Add(Finding.Problem($"you may not open {socket}: run QEMU as the user of the host process"));
        if (findings.Count == 0 && sockets.Length > 0)
            findings.Add(Finding.Ok("you may open the devices' sockets"));

        if (LocalUser.Find(patient.Users, patient.Groups, s_users) is not { } user)
            return findings;
        foreach (string socket in sockets)
        {
            findings.Add(user.FirstBarrierTo(socket) is { } barrier
                ? Finding.Warning($"libvirt's user {user.Name} may not open {socket}, because of {barrier}: run the host process as {user.Name}, or set the access by setfacl -m u:{user.Name}:rwx {barrier}")
                : Finding.Ok($"libvirt's user {user.Name} may open {socket}"));
        }
        return findings;
    }
}
